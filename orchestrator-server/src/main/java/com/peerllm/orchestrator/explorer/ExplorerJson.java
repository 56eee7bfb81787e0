package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.ExplorerStore.DayRow;
import com.peerllm.orchestrator.storage.ExplorerStore.HostRow;
import com.peerllm.orchestrator.storage.ExplorerStore.KindSum;
import com.peerllm.orchestrator.storage.ExplorerStore.ModelRow;
import com.peerllm.orchestrator.storage.ExplorerStore.Totals;
import com.peerllm.orchestrator.storage.HostSums;
import com.peerllm.orchestrator.storage.LogTally.CauseSum;
import com.peerllm.orchestrator.storage.PaymentSums;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHash;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The explorer's answers, but for leaves, as JSON. */
final class ExplorerJson {
    private ExplorerJson() {}

    static Map<String, Object> totals(Totals totals, Optional<SignedNote> checkpoint) {
        return sums(new Fields().with("object", "ledger").with("leaves", totals.leaves()), totals.paid())
                .with("jobs", totals.jobs())
                .with("hosts", totals.hosts())
                .with("minted_nanodollars", amount(totals, List.of("top_up", "voucher", "promo")))
                .with("expired_nanodollars", amount(totals, List.of("promo_expired")))
                .with("paid_out_nanodollars", amount(totals, List.of("payout_paid")))
                .with(
                        "entries",
                        totals.causes().entrySet().stream()
                                .map(ExplorerJson::cause)
                                .toList())
                .with(
                        "accounts",
                        totals.kinds().entrySet().stream()
                                .map(ExplorerJson::kind)
                                .toList())
                .with(
                        "before_log",
                        new Fields()
                                .with("payments", totals.earlier().payments())
                                .amount("charged", totals.earlier().charged())
                                .map())
                .with("checkpoint", checkpoint.map(ExplorerJson::checkpoint))
                .map();
    }

    private static BigInteger amount(Totals totals, List<String> causes) {
        return totals.causes().entrySet().stream()
                .filter(sum -> causes.contains(sum.getKey()))
                .map(sum -> sum.getValue().amount())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Map<String, Object> cause(Map.Entry<String, CauseSum> sum) {
        return new Fields()
                .with("cause", sum.getKey())
                .with("entries", sum.getValue().entries())
                .with("amount_nanodollars", sum.getValue().amount())
                .map();
    }

    private static Map<String, Object> kind(Map.Entry<String, KindSum> sum) {
        return new Fields()
                .with("kind", sum.getKey())
                .with("accounts", sum.getValue().accounts())
                .amount("balance", sum.getValue().balance())
                .map();
    }

    private static Map<String, Object> checkpoint(SignedNote note) {
        Checkpoint checkpoint = read(note);
        return new Fields()
                .with("origin", checkpoint.origin())
                .with("size", checkpoint.size())
                .with("root", checkpoint.root().base64())
                .with("path", "/log/checkpoint")
                .with("note", note.toString())
                .map();
    }

    static Map<String, Object> proof(TlogProof proof) {
        Checkpoint checkpoint = read(proof.checkpoint());
        return new Fields()
                .with("size", checkpoint.size())
                .with("root", checkpoint.root().base64())
                .with("hashes", proof.hashes().stream().map(TreeHash::base64).toList())
                .with("checkpoint", proof.checkpoint().toString())
                .with("tlog_proof", proof.format())
                .map();
    }

    private static Checkpoint read(SignedNote ours) {
        try {
            return Checkpoint.parse(ours.text());
        } catch (InvalidLogData e) {
            throw new IllegalStateException("The log's own checkpoint cannot be read: " + e.getMessage(), e);
        }
    }

    static Fields host(HostId host) {
        return new Fields().with("host", host.value()).with("pseudonym", host.pseudonym());
    }

    static Map<String, Object> host(HostRow row) {
        return sums(host(row.host()), row.sums()).map();
    }

    static Map<String, Object> day(DayRow row) {
        return sums(new Fields().with("date", date(row)), row.sums()).map();
    }

    static String date(DayRow row) {
        return LocalDate.ofEpochDay(row.epochDay()).toString();
    }

    static Map<String, Object> model(ModelRow row) {
        Fields fields = new Fields()
                .with("model", row.model().model().value())
                .with("digest", row.model().digest().hex());
        return sums(fields, row.sums()).map();
    }

    static Fields sums(Fields fields, HostSums sums) {
        return sums(fields.with("entries", sums.entries()), sums.paid())
                .amount("payout_sent", sums.payoutSent())
                .amount("payout_returned", sums.payoutReturned());
    }

    private static Fields sums(Fields fields, PaymentSums paid) {
        return fields.with("payments", paid.payments())
                .with("prompt_tokens", paid.promptTokens())
                .with("completion_tokens", paid.completionTokens())
                .amount("charged", paid.charged())
                .amount("host_share", paid.hostShare())
                .amount("network_share", paid.networkShare())
                .amount("creator_share", paid.creatorShare());
    }
}
