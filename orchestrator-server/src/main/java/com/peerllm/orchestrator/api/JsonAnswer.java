package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.shared.openai.ApiError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer in one piece: a {@code chat.completion} object when all of it is there. Lives on the event loop. */
final class JsonAnswer implements Answer {
    private final Exchange exchange;
    private final String completionId;
    private final long created;
    private final String model;
    private final String receiptId;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    JsonAnswer(Exchange exchange, String completionId, long created, String model, String receiptId) {
        this.exchange = exchange;
        this.completionId = completionId;
        this.created = created;
        this.model = model;
        this.receiptId = receiptId;
    }

    @Override
    public void text(byte[] utf8) {
        text.writeBytes(utf8);
    }

    @Override
    public boolean isPiecewise() {
        return false;
    }

    @Override
    public void finish(Finish finish) {
        Map<String, Object> message =
                fields("role", "assistant", "content", text.toString(StandardCharsets.UTF_8), "refusal", null);
        Map<String, Object> choice =
                fields("index", 0, "message", message, "logprobs", null, "finish_reason", finish.reason());
        exchange.response.putHeader("x-peerllm-receipt", receiptId);
        exchange.json(
                200,
                fields(
                        "id",
                        completionId,
                        "object",
                        "chat.completion",
                        "created",
                        created,
                        "model",
                        model,
                        "system_fingerprint",
                        null,
                        "choices",
                        List.of(choice),
                        "usage",
                        finish.usage(),
                        "peerllm",
                        Extras.of(finish, receiptId)));
    }

    @Override
    public void fail(ApiError error, Finish delivered) {
        exchange.error(error);
    }

    /** Names and values in turn, in this order; a value may be null. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var pairs = Arrays.asList(namesAndValues).iterator(); pairs.hasNext(); ) {
            fields.put((String) pairs.next(), pairs.next());
        }
        return fields;
    }
}
