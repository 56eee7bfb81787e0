package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.ledger.ConsumerPseudonyms;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.ProvenState;
import com.peerllm.orchestrator.transparency.LogProofs;
import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.transparency.Published;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proofs of the transparency log: that a leaf is in it, that it only grew, and what of a total is one's own. */
final class ProofApi {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final LogPublisher log;
    private final LogProofs proofs;
    private final Ledger ledger;
    private final ConsumerPseudonyms pseudonyms;
    private final OpenReads reads;

    ProofApi(LogPublisher log, Ledger ledger, ConsumerPseudonyms pseudonyms, OpenReads reads) {
        this.log = log;
        this.proofs = new LogProofs(log.tiles());
        this.ledger = ledger;
        this.pseudonyms = pseudonyms;
        this.reads = reads;
    }

    /** That leaf {@code leaf} is one of the first {@code size}. */
    void inclusion(Exchange exchange) {
        read(exchange, published -> {
            long size = number(exchange, "size", published.size());
            long leaf = number(exchange, "leaf", -1);
            if (size < 1 || size > published.size()) return refuse(exchange, "size", sizes(published));
            if (leaf < 0 || leaf >= size) {
                return refuse(exchange, "leaf", "`leaf` is a number from 0 to " + (size - 1) + ".");
            }
            InclusionProof proof = proofs.inclusion(published, leaf, size);
            Map<String, Object> fields = AnswerForm.fields(
                    "object",
                    "inclusion_proof",
                    "leaf",
                    leaf,
                    "size",
                    size,
                    "leaf_hash",
                    proofs.leafHash(published, leaf).base64(),
                    "root",
                    proofs.root(published, size).base64(),
                    "hashes",
                    texts(proof.hashes()));
            return json(exchange, withCheckpoint(fields, published, size));
        });
    }

    /** That the log of {@code to} leaves begins with that of {@code from}. */
    void consistency(Exchange exchange) {
        read(exchange, published -> {
            long to = number(exchange, "to", published.size());
            long from = number(exchange, "from", -1);
            if (to < 1 || to > published.size()) return refuse(exchange, "to", sizes(published));
            if (from < 0 || from > to) return refuse(exchange, "from", "`from` is a number from 0 to " + to + ".");
            ConsistencyProof proof = proofs.consistency(published, from, to);
            Map<String, Object> fields = AnswerForm.fields(
                    "object",
                    "consistency_proof",
                    "from",
                    from,
                    "to",
                    to,
                    "from_root",
                    proofs.root(published, from).base64(),
                    "to_root",
                    proofs.root(published, to).base64(),
                    "hashes",
                    texts(proof.hashes()));
            return json(exchange, withCheckpoint(fields, published, to));
        });
    }

    /** The signed checkpoint of this very size, where it is at hand. */
    private static Map<String, Object> withCheckpoint(Map<String, Object> fields, Published published, long size) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (size == published.size()) all.put("checkpoint", published.note().toString());
        return all;
    }

    /** @param path job and segment, with a slash between */
    void receipt(Exchange exchange, String path) {
        int slash = path.indexOf('/');
        Optional<JobId> job = slash < 0 ? Optional.empty() : job(path.substring(0, slash));
        String segment = path.substring(slash + 1);
        if (job.isEmpty() || !segment.matches("\\d{1,9}")) {
            exchange.error(noReceipt());
            return;
        }
        read(exchange, published -> {
            Optional<Receipt> receipt = ledger.receipts(job.get()).stream()
                    .filter(each -> each.segment() == Integer.parseInt(segment))
                    .findFirst();
            if (receipt.isEmpty() || receipt.get().leaf().isEmpty()) return () -> exchange.error(noReceipt());
            long leaf = receipt.get().leaf().get();
            if (leaf >= published.size()) return () -> exchange.error(notYet());
            String text = proofs.of(published, leaf).format();
            return () -> exchange.text(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Optional<JobId> job(String text) {
        try {
            return Optional.of(new JobId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What of the newest state is a consumer's own, with what opens its commitments. */
    void ownBalance(Exchange exchange, AccountId consumer) {
        balance(exchange, List.of(consumer, AccountId.of("promo", consumer.name())), true);
    }

    /** What of the newest state is a host's; hosts are named in the log. */
    void hostBalance(Exchange exchange, String id) {
        try {
            balance(exchange, List.of(AccountId.ofHost(new HostId(id))), false);
        } catch (IllegalArgumentException e) {
            exchange.error(noBalance());
        }
    }

    private void balance(Exchange exchange, List<AccountId> accounts, boolean open) {
        read(exchange, published -> {
            Optional<ProvenState> state = ledger.state();
            if (state.isEmpty() || state.get().index() >= published.size()) return () -> exchange.error(notYet());
            List<Map<String, Object>> own = new ArrayList<>();
            for (AccountId account : accounts) {
                if (ledger.balance(account).isEmpty()) continue;
                AccountId name =
                        new AccountId(pseudonyms.publicName(account, state.get().context()));
                state.get()
                        .balanceOf(name)
                        .ifPresent(balance -> own.add(describe(account, balance, state.get(), open)));
            }
            if (own.isEmpty()) return () -> exchange.error(noBalance());
            Map<String, Object> fields = AnswerForm.fields(
                    "object", "balance_proof",
                    "leaf", state.get().index(),
                    "state", state.get().leaf().text(),
                    "proof", proofs.of(published, state.get().index()).format(),
                    "data", own);
            return json(exchange, fields);
        });
    }

    private Map<String, Object> describe(
            AccountId account, ProvenState.OwnBalance own, ProvenState state, boolean open) {
        Map<String, Object> fields = new LinkedHashMap<>(AnswerForm.fields(
                "account", account.value(),
                "owner", own.owner().value(),
                "balance_nanodollars", own.balance().nanoDollars(),
                "index", own.path().index(),
                "siblings",
                        own.path().siblings().stream()
                                .map(node -> AnswerForm.fields(
                                        "sum_nanodollars",
                                        node.sum().nanoDollars(),
                                        "hash",
                                        node.hash().hex()))
                                .toList()));
        if (!open) return fields;
        fields.put("context", state.context());
        pseudonyms.salt(account, state.context()).ifPresent(salt -> fields.put("salt", salt));
        return fields;
    }

    /** Works out an answer, off the event loop. */
    @FunctionalInterface
    private interface Proving {
        Runnable answer(Published published) throws IOException;
    }

    private void read(Exchange exchange, Proving proving) {
        Optional<Published> published = log.published();
        if (published.isEmpty()) {
            exchange.error(notYet());
            return;
        }
        reads.read(exchange, () -> proving.answer(published.get()));
    }

    /** -2 for what is no number. */
    private static long number(Exchange exchange, String name, long otherwise) {
        String text = exchange.request.getParam(name);
        if (text == null) return otherwise;
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -2;
        }
    }

    private static String sizes(Published published) {
        return "The log was published with 1 to " + published.size() + " leaves.";
    }

    private static Runnable refuse(Exchange exchange, String parameter, String sentence) {
        return () -> exchange.error(ApiError.badRequest("invalid_value", parameter, sentence));
    }

    private static Runnable json(Exchange exchange, Map<String, Object> fields) {
        return () -> exchange.json(200, fields);
    }

    private static List<String> texts(List<TreeHash> hashes) {
        return hashes.stream().map(TreeHash::base64).toList();
    }

    private static ApiError noReceipt() {
        return ApiError.of(
                404,
                "invalid_request_error",
                "not_found",
                "No receipt of this job and segment is in the log. Ask for /ledger/proof/receipt/JOB/SEGMENT.");
    }

    private static ApiError noBalance() {
        return ApiError.of(
                404,
                "invalid_request_error",
                "not_found",
                "The newest state of the ledger has no such account; an account that was just opened is in the next one.");
    }

    private static ApiError notYet() {
        return ApiError.of(
                503, "service_unavailable", "not_published_yet", "The log is not so far yet. Try again in a second.");
    }
}
