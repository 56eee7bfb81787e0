package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request with its response: reads the body within a limit, writes JSON and errors as OpenAI clients expect. */
final class Exchange {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RETRY_AFTER_SECONDS = "2";

    final HttpServerRequest request;
    final HttpServerResponse response;
    final String id;
    private Optional<String> keyId = Optional.empty();

    /** @param id {@code req_} and 32 hex digits; a job that this request starts has the same digits */
    Exchange(HttpServerRequest request, String id) {
        this.request = request;
        this.response = request.response();
        this.id = id;
        response.putHeader("x-request-id", id);
        response.putHeader("access-control-allow-origin", "*");
    }

    /** Names the job that this request starts: what is logged of either is found with the same digits. */
    JobId jobId() {
        return new JobId("job_" + id.substring("req_".length()));
    }

    /** Whose request it is, once that is known. */
    void from(Caller caller) {
        keyId = Optional.of(caller.keyId());
    }

    Optional<String> keyId() {
        return keyId;
    }

    /** The whole body; fails with {@link InvalidRequest} when it has more bytes than allowed. */
    Future<byte[]> body(int maxBytes) {
        Promise<byte[]> whole = Promise.promise();
        InvalidRequest tooLarge = new InvalidRequest(new ApiError(
                413,
                "The body has more than " + maxBytes / 1024 + " KiB.",
                "invalid_request_error",
                Optional.empty(),
                "request_too_large"));
        if (declaredLength() > maxBytes) {
            whole.fail(tooLarge);
            return whole.future();
        }
        Buffer read = Buffer.buffer();
        request.handler(part -> {
            if (whole.future().isComplete()) return;
            if (read.length() + part.length() > maxBytes) {
                whole.fail(tooLarge);
            } else {
                read.appendBuffer(part);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(read.getBytes()));
        return whole.future();
    }

    private long declaredLength() {
        try {
            String declared = request.getHeader("content-length");
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    void json(int status, Object value) {
        json(status, JSON.writeValueAsBytes(value));
    }

    /** What is JSON already. */
    void json(int status, byte[] json) {
        if (response.ended()) return;
        response.setStatusCode(status).putHeader("content-type", "application/json");
        response.end(Buffer.buffer(json));
    }

    void error(ApiError error) {
        if (response.ended() || response.headWritten()) return;
        if (error.status() == 429 || error.status() == 503) response.putHeader("retry-after", RETRY_AFTER_SECONDS);
        if (error.code().equals("hosts_failed")) response.putHeader("x-should-retry", "false");
        if (error.status() == 413) response.putHeader("connection", "close");
        if (error.status() == 401) response.putHeader("www-authenticate", "Bearer");
        json(error.status(), envelope(error));
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    static Map<String, Object> envelope(ApiError error) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("message", error.message());
        fields.put("type", error.type());
        fields.put("param", error.param().orElse(null));
        fields.put("code", error.code());
        return Map.of("error", fields);
    }

    static byte[] toJson(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    static tools.jackson.databind.JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            throw new InvalidRequest(ApiError.badRequest("invalid_json", null, "The body is not valid JSON."));
        }
    }
}
