package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.LogTally;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A leaf of the transparency log as JSON: its fields by name, its exact text, and the hash of that in the log's tree. */
final class LeafJson {
    private LeafJson() {}

    static Fields of(LeafRow row) {
        Fields fields = new Fields().with("leaf", row.index());
        Optional<LogLeaf> leaf = LogTally.read(row.text());
        if (leaf.isEmpty()) fields.with("kind", "unknown");
        else add(fields, leaf.get());
        byte[] bytes = row.text().getBytes(StandardCharsets.UTF_8);
        return fields.with("leaf_hash", new TreeHasher().leaf(bytes).base64()).with("text", row.text());
    }

    private static void add(Fields fields, LogLeaf leaf) {
        switch (leaf) {
            case LogLeaf.Payment payment -> add(fields, payment);
            case LogLeaf.Entry entry ->
                fields.with("kind", "entry")
                        .with("time", entry.timeMillis())
                        .with("cause", entry.cause())
                        .with("debit", entry.debit().value())
                        .with("credit", entry.credit().value())
                        .amount("amount", entry.amount());
            case LogLeaf.State state -> add(fields, state);
        }
    }

    private static void add(Fields fields, LogLeaf.Payment payment) {
        fields.with("kind", "payment")
                .with("time", payment.settledAtMillis())
                .with("orchestrator", payment.orchestrator())
                .with("job", payment.job().value())
                .with("segment", payment.segment())
                .with("host", payment.host().value())
                .with("host_pseudonym", payment.host().pseudonym())
                .with("host_key", payment.hostKey().toString())
                .with("model", payment.model().value())
                .with("digest", payment.modelDigest().hex())
                .with("prompt_tokens", payment.promptTokens())
                .with("completion_tokens", payment.completionTokens())
                .amount("prompt_price", payment.price().promptPerMillion())
                .amount("completion_price", payment.price().completionPerMillion())
                .amount("charged", payment.charged())
                .amount("host_share", payment.hostShare())
                .amount("network_share", payment.networkShare())
                .amount("creator_share", payment.creatorShare())
                .with("creator", payment.creator().map(AccountId::value))
                .with("consumer", payment.consumer())
                .with("delivered", payment.delivered())
                .with("host_signature", payment.hostSignature())
                .with("orchestrator_key", payment.orchestratorKey().toString());
    }

    private static void add(Fields fields, LogLeaf.State state) {
        fields.with("kind", "state")
                .with("time", state.timeMillis())
                .amount("consumer", state.consumer())
                .amount("promo", state.promo())
                .amount("host", state.host())
                .amount("creator", state.creator())
                .amount("network", state.network())
                .amount("payout", state.payout())
                .amount("mint", state.mint())
                .with("accounts", state.accounts())
                .amount("sum", state.tree().sum())
                .with("root", state.tree().hash().hex());
    }
}
