package com.peerllm.shared.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the body of {@code POST /v1/embeddings} and says by name what is wrong with it. What this network cannot do is refused;
 * nothing is dropped in silence. No error repeats what the body said.
 */
public final class EmbeddingRequestReader {
    /** As in the OpenAI API. */
    public static final int MOST_INPUTS = 2048;

    /** As in the OpenAI API, which counts those of texts too. */
    public static final int MOST_TOKEN_IDS = 300_000;

    /** {@code user} is accepted and of no effect. */
    private static final Set<String> KNOWN =
            Set.of("model", "input", "encoding_format", "dimensions", "user", WishesReader.FIELD);

    private EmbeddingRequestReader() {}

    /** @throws InvalidRequest with the error that the sender gets */
    public static EmbeddingRequest read(byte[] json) {
        Fields body = RequestBody.read(json);
        body.refuseOthers(KNOWN);
        return new EmbeddingRequest(
                RequestBody.model(body),
                requireFewIds(inputs(body.node("input"))),
                encoding(body),
                dimensions(body),
                WishesReader.read(body));
    }

    /** A text, a list of texts, a list of token ids, or a list of such lists. */
    private static List<EmbeddingInput> inputs(JsonNode input) {
        if (input.isMissingNode() || input.isNull())
            throw invalid("missing_required_parameter", "input", "'input' must be a text or a list of texts.");
        if (input.isString()) return List.of(one(input, "input"));
        if (!input.isArray()) throw wrongType("input");
        if (input.isEmpty()) throw invalid("invalid_value", "input", "'input' must not be empty.");
        if (input.get(0).isNumber()) return List.of(one(input, "input"));
        if (input.size() > MOST_INPUTS)
            throw invalid("invalid_value", "input", "At most " + MOST_INPUTS + " inputs are accepted.");
        List<EmbeddingInput> inputs = new ArrayList<>(input.size());
        for (int i = 0; i < input.size(); i++) inputs.add(one(input.get(i), "input[" + i + "]"));
        return inputs;
    }

    private static List<EmbeddingInput> requireFewIds(List<EmbeddingInput> inputs) {
        long ids = 0;
        for (EmbeddingInput input : inputs)
            if (input instanceof EmbeddingInput.Tokens(List<Integer> some)) ids += some.size();
        if (ids > MOST_TOKEN_IDS)
            throw invalid("invalid_value", "input", "At most " + MOST_TOKEN_IDS + " token ids are accepted.");
        return inputs;
    }

    private static EmbeddingInput one(JsonNode input, String at) {
        boolean empty = input.isString() ? input.asString().isEmpty() : input.isArray() && input.isEmpty();
        if (empty) throw invalid("invalid_value", at, "'" + at + "' must not be empty.");
        try {
            return EmbeddingInput.of(input);
        } catch (IllegalArgumentException e) {
            throw wrongType(at);
        }
    }

    private static InvalidRequest wrongType(String at) {
        return invalid(
                "invalid_type",
                at,
                "'" + at + "' must be a text or a list of token ids; 'input' may be a list of either kind.");
    }

    private static EmbeddingRequest.Encoding encoding(Fields body) {
        JsonNode format = body.node("encoding_format");
        if (format.isMissingNode() || format.isNull()) return EmbeddingRequest.Encoding.FLOAT;
        return switch (format.asString("")) {
            case "float" -> EmbeddingRequest.Encoding.FLOAT;
            case "base64" -> EmbeddingRequest.Encoding.BASE64;
            default ->
                throw invalid("invalid_value", "encoding_format", "'encoding_format' must be 'float' or 'base64'.");
        };
    }

    private static OptionalInt dimensions(Fields body) {
        JsonNode dimensions = body.node("dimensions");
        if (dimensions.isMissingNode() || dimensions.isNull()) return OptionalInt.empty();
        if (!dimensions.isIntegralNumber() || !dimensions.canConvertToInt() || dimensions.asInt() < 1)
            throw invalid("invalid_value", "dimensions", "'dimensions' must be a whole number, 1 or more.");
        return OptionalInt.of(dimensions.asInt());
    }

    private static InvalidRequest invalid(String code, String param, String message) {
        return new InvalidRequest(ApiError.badRequest(code, param, message));
    }
}
