package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** {@code GET /v1/receipts/JOB}: the receipts of one answer, read off the event loop. */
final class ReceiptsRoute {
    private final Ledger ledger;
    private final Executor loop;
    private final Executor blocking;

    ReceiptsRoute(Ledger ledger, Executor loop, Executor blocking) {
        this.ledger = ledger;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** Who knows the job's random id may read them. */
    void send(Exchange exchange, String job, Caller caller) {
        JobId id;
        try {
            id = new JobId(job);
        } catch (IllegalArgumentException e) {
            exchange.error(noReceipt());
            return;
        }
        blocking.execute(() -> {
            try {
                List<Receipt> receipts = ledger.receipts(id);
                Optional<String> salt = ledger.saltOf(receipts, caller.account());
                loop.execute(() -> {
                    if (receipts.isEmpty()) {
                        exchange.error(noReceipt());
                    } else {
                        exchange.json(200, answer(receipts, salt, caller));
                    }
                });
            } catch (RuntimeException e) {
                loop.execute(() -> ConsumerApi.internal(exchange, e));
            }
        });
    }

    /** Whoever paid gets what opens the commitment that stands in its receipts and in the transparency log. */
    private static Map<String, Object> answer(List<Receipt> receipts, Optional<String> salt, Caller caller) {
        Map<String, Object> fields = AnswerForm.fields("object", "list", "data", receipts);
        salt.ifPresent(mine -> {
            fields.put("consumerAccount", caller.account().value());
            fields.put("consumerSalt", mine);
        });
        return fields;
    }

    private static ApiError noReceipt() {
        return ApiError.of(
                404,
                "invalid_request_error",
                "receipt_not_found",
                "There is no receipt of this answer; it appears a moment after the answer ends.");
    }
}
