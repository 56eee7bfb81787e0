package com.peerllm.host.localapi;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.shared.openai.ApiError;
import java.time.Duration;

/** What a program is told when the engine of this computer fails. */
final class EngineErrors {
    private static final Duration SOON = Duration.ofSeconds(2);

    private EngineErrors() {}

    /** @param promptField the request's field that has the prompt */
    static ApiError of(EngineFailure failure, String promptField) {
        String code = failure.code().wireName();
        return switch (failure.code()) {
            case PROMPT_TOO_LONG -> ApiError.badRequest("context_length_exceeded", promptField, failure.sentence());
            case BAD_REQUEST -> ApiError.badRequest("template_refused", promptField, failure.sentence());
            case BUSY, NOT_READY, ENGINE_LOST, STOPPED ->
                ApiError.of(503, "service_unavailable", code, failure.sentence())
                        .withRetryAfter(SOON);
            case COMPUTE_FAILED,
                    NATIVES_MISSING,
                    LAYOUT_MISMATCH,
                    MODEL_MISSING,
                    MODEL_BROKEN,
                    NOT_ENOUGH_MEMORY,
                    START_FAILED,
                    TOO_SLOW,
                    QUARANTINED -> ApiError.of(503, "service_unavailable", code, failure.sentence());
        };
    }
}
