package com.peerllm.shared.openai;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An error as OpenAI clients read it: {@code {"error":{"message","type","param","code"}}} with its HTTP status.
 *
 * @param param the request field at fault, if one is
 * @param retryAfter when it makes sense to try again, if that is known; clients wait as long ({@code Retry-After})
 */
public record ApiError(
        int status, String message, String type, Optional<String> param, String code, Optional<Duration> retryAfter) {

    public ApiError(int status, String message, String type, Optional<String> param, String code) {
        this(status, message, type, param, code, Optional.empty());
    }

    public static ApiError badRequest(String code, String param, String message) {
        return new ApiError(400, message, "invalid_request_error", Optional.ofNullable(param), code);
    }

    public static ApiError of(int status, String type, String code, String message) {
        return new ApiError(status, message, type, Optional.empty(), code);
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    public Map<String, Object> envelope() {
        return Map.of(
                "error",
                AnswerForm.fields("message", message, "type", type, "param", param.orElse(null), "code", code));
    }

    public ApiError withRetryAfter(Duration time) {
        return new ApiError(status, message, type, param, code, Optional.of(time));
    }
}
