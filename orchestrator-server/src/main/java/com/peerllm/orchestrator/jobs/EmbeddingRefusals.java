package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.JobFailure;
import java.util.Map;
import java.util.Set;

/** The errors that only requests for embeddings get, each a sentence with its reason; the others are in {@link Refusals}. */
final class EmbeddingRefusals {
    private static final String INPUT = "input";

    private EmbeddingRefusals() {}

    static ApiError noHost(ModelId model, Map<Rejection, Integer> rejections) {
        return rejections.keySet().equals(Set.of(Rejection.CONTEXT_TOO_SHORT))
                ? tooLong("An input is longer than any host of '" + model + "' can take.")
                : Refusals.noHost(model, INPUT, rejections);
    }

    static ApiError longerThanAnyContext(ModelId model, int context) {
        return tooLong("An input is longer than the " + context + " tokens that any host of '" + model
                + "' can take; it is never cut. Send it in several inputs.");
    }

    static ApiError ofHost(JobFailure code) {
        return switch (code) {
            case CONTEXT_EXCEEDED ->
                tooLong("An input is longer than the model's context; it is never cut. Send it in several inputs.");
            case TEMPLATE_REFUSED, BAD_REQUEST ->
                ApiError.badRequest(
                        "invalid_value",
                        INPUT,
                        "The model cannot take these inputs: one has no token, or a token id that it does not have.");
            default -> Refusals.ofHost(code, INPUT);
        };
    }

    static ApiError otherDimensions(ModelId model, int dimensions) {
        return ApiError.badRequest(
                "unsupported_parameter",
                "dimensions",
                "'dimensions' can only be " + dimensions + " for '" + model + "': vectors are not shortened.");
    }

    static ApiError tooManyInputs(int most, int dimensions) {
        return ApiError.badRequest(
                "invalid_value",
                INPUT,
                "At most " + most + " inputs are accepted for vectors of " + dimensions + " numbers.");
    }

    private static ApiError tooLong(String sentence) {
        return ApiError.badRequest("context_length_exceeded", INPUT, sentence);
    }
}
