package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.orchestrator.jobs.EmbeddingAnswer;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.EmbeddingRequest.Encoding;
import com.peerllm.shared.wire.EmbeddingVector;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a request for embeddings: a list object as the OpenAI API has it. Called on the event loop; millions of numbers
 * are written off it.
 */
final class VectorsAnswer implements EmbeddingAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Exchange exchange;
    private final String model;
    private final String receiptId;
    private final Encoding encoding;
    private final Executor loop;
    private final Executor blocking;

    VectorsAnswer(
            Exchange exchange, String model, String receiptId, Encoding encoding, Executor loop, Executor blocking) {
        this.exchange = exchange;
        this.model = model;
        this.receiptId = receiptId;
        this.encoding = encoding;
        this.loop = loop;
        this.blocking = blocking;
    }

    @Override
    public void held(Credits atMost) {
        exchange.held(atMost);
    }

    @Override
    public void begins(Duration waited) {
        exchange.waited(waited);
    }

    @Override
    public void finish(List<EmbeddingVector> vectors, Answer.Part by) {
        blocking.execute(() -> {
            byte[] body = body(vectors, by);
            loop.execute(() -> {
                if (exchange.response.closed() || exchange.response.ended()) return;
                exchange.response.putHeader("x-peerllm-receipt", receiptId);
                exchange.json(200, body);
            });
        });
    }

    private byte[] body(List<EmbeddingVector> vectors, Answer.Part by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject().writeStringProperty("object", "list").writeArrayPropertyStart("data");
            for (int i = 0; i < vectors.size(); i++) vectors.get(i).write(json, i, encoding);
            json.writeEndArray()
                    .writeStringProperty("model", model)
                    .writeObjectPropertyStart("usage")
                    .writeNumberProperty("prompt_tokens", by.promptTokens())
                    .writeNumberProperty("total_tokens", by.promptTokens())
                    .writeEndObject()
                    .writePOJOProperty("peerllm", Extras.of(List.of(by), receiptId))
                    .writeEndObject();
        }
        return out.toByteArray();
    }

    @Override
    public void over(long paidTokens) {
        exchange.tokensUsed(paidTokens);
    }

    @Override
    public void fail(ApiError error) {
        exchange.error(error);
    }
}
