package com.peerllm.host.localapi;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.EmbeddingRequest;
import com.peerllm.shared.wire.EmbeddingVector;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The vectors that this computer makes for one request: one object when all are there. */
final class VectorsAnswer implements EmbeddingListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalExchange exchange;
    private final EmbeddingRequest request;
    private final String model;
    private final List<EmbeddingVector> vectors = new ArrayList<>();
    private int tokens;

    VectorsAnswer(LocalExchange exchange, EmbeddingRequest request, String model) {
        this.exchange = exchange;
        this.request = request;
        this.model = model;
    }

    @Override
    public void started(List<Integer> tokensPerInput) {
        tokens = tokensPerInput.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void vector(EmbeddingVector vector) {
        vectors.add(vector);
    }

    @Override
    public void finished(Finish finish) {
        if (finish.reason() == Finish.Reason.CANCELLED) {
            failed(new EngineFailure(EngineErrorCode.STOPPED, "This computer ended the work."));
        } else if (request.dimensions().isPresent()
                && request.dimensions().getAsInt() != vectors.getFirst().dimensions()) {
            exchange.error(ApiError.badRequest(
                    "unsupported_parameter",
                    "dimensions",
                    "The vectors of '" + model + "' have " + vectors.getFirst().dimensions()
                            + " dimensions, and are not shortened."));
        } else {
            exchange.whole(200, body());
        }
    }

    private byte[] body() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject().writeStringProperty("object", "list").writeArrayPropertyStart("data");
            for (int i = 0; i < vectors.size(); i++) vectors.get(i).write(json, i, request.encoding());
            json.writeEndArray()
                    .writeStringProperty("model", model)
                    .writeObjectPropertyStart("usage")
                    .writeNumberProperty("prompt_tokens", tokens)
                    .writeNumberProperty("total_tokens", tokens)
                    .writeEndObject()
                    .writeEndObject();
        }
        return out.toByteArray();
    }

    @Override
    public void failed(EngineFailure failure) {
        exchange.error(EngineErrors.of(failure, "input"));
    }
}
