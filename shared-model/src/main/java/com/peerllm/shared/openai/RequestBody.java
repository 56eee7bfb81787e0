package com.peerllm.shared.openai;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request as one JSON object, within limits. No error repeats what the body said. */
final class RequestBody {
    private static final int MAX_NESTING = 64;
    private static final int MAX_NUMBER_LENGTH = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers in schemas go on as they came, and amounts of money are exact.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RequestBody() {}

    /** @throws InvalidRequest {@code invalid_json} */
    static Fields read(byte[] json) {
        JsonNode body;
        try {
            body = JSON.readTree(json);
        } catch (JacksonException e) {
            throw Fields.invalid("invalid_json", null, "The body is not valid JSON.");
        }
        if (body == null || !body.isObject()) {
            throw Fields.invalid("invalid_json", null, "The body must be a JSON object.");
        }
        return Fields.ofBody(body);
    }

    static String model(Fields body) {
        JsonNode model = body.node("model");
        if (!model.isString() || model.asString().isBlank()) {
            throw Fields.invalid(
                    "missing_required_parameter", "model", "'model' must name a model; GET /v1/models lists them.");
        }
        return model.asString();
    }

    static boolean includeUsage(Fields body) {
        return body.optionalObject("stream_options")
                .map(options -> options.flag("include_usage", false))
                .orElse(false);
    }
}
