package com.peerllm.orchestrator.api;

import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request with its response: reads the body within a limit, writes JSON and errors as OpenAI clients expect. */
final class Exchange {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration USUAL_RETRY = Duration.ofSeconds(2);

    /** Errors after which the same request would fail again, though their status says otherwise. */
    private static final Set<String> NEVER_RETRIED = Set.of("hosts_failed", "idempotency_key_used");

    /** Errors that are said before the body is there: the connection ends with them. */
    private static final Set<String> LEFT_UNREAD = Set.of("request_too_large", "request_timeout", "overloaded");

    /** What a page in a browser may read. */
    private static final String EXPOSED_HEADERS = "x-request-id, openai-processing-ms, retry-after, retry-after-ms,"
            + " x-should-retry, x-peerllm-receipt, idempotent-replayed, x-ratelimit-limit-requests,"
            + " x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-tokens,"
            + " x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";

    final HttpServerRequest request;
    final HttpServerResponse response;
    final String id;
    private final Visitor visitor;

    /** @param nanoTime a clock that never goes back */
    Exchange(HttpServerRequest request, String id, LongSupplier nanoTime, Visitor visitor) {
        this.request = request;
        this.response = request.response();
        this.id = id;
        this.visitor = visitor;
        response.endHandler(
                nothing -> visitor.answered("close".equals(response.headers().get("connection"))));
        response.putHeader("x-request-id", id);
        response.putHeader("access-control-allow-origin", "*");
        response.putHeader("access-control-expose-headers", EXPOSED_HEADERS);
        long begunNanos = nanoTime.getAsLong();
        response.headersEndHandler(nothing -> response.putHeader(
                "openai-processing-ms", Long.toString((nanoTime.getAsLong() - begunNanos) / 1_000_000)));
    }

    /** The whole body; fails with {@link InvalidRequest} when it has more bytes than allowed, or does not come in time. */
    Future<byte[]> body(int maxBytes) {
        Promise<byte[]> whole = Promise.promise();
        InvalidRequest tooLarge =
                refused(413, "request_too_large", "The body has more than " + maxBytes / 1024 + " KiB.");
        if (declaredLength() > maxBytes) {
            whole.fail(tooLarge);
            return whole.future();
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) response.writeContinue();
        Buffer read = Buffer.buffer();
        request.handler(part -> {
            if (whole.future().isComplete()) return;
            if (read.length() + part.length() > maxBytes) {
                whole.fail(tooLarge);
            } else if (!visitor.received(part.length())) {
                whole.fail(new InvalidRequest(ApiError.of(
                        503, "service_unavailable", "overloaded", "Too many requests are being received now.")));
            } else {
                read.appendBuffer(part);
            }
        });
        request.exceptionHandler(broken -> whole.tryFail(refused(
                400, "incomplete_body", "The connection ended, or was no HTTP any more, before the body did.")));
        request.endHandler(end -> whole.tryComplete(read.getBytes()));
        visitor.bodyBegins(
                () -> whole.tryFail(refused(408, "request_timeout", "The body of this request did not come in time.")));
        return whole.future().onComplete(any -> visitor.bodyEnded());
    }

    private static InvalidRequest refused(int status, String code, String message) {
        return new InvalidRequest(ApiError.of(status, "invalid_request_error", code, message));
    }

    /** Ends the connection at once, whatever is still to be sent. */
    void cutOff() {
        visitor.cutOff();
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
        boolean mayPass = error.status() == 429 || error.status() == 503;
        if (NEVER_RETRIED.contains(error.code())) {
            response.putHeader("x-should-retry", "false");
        } else {
            error.retryAfter()
                    .or(() -> mayPass ? Optional.of(USUAL_RETRY) : Optional.empty())
                    .ifPresent(this::retryAfter);
        }
        if (LEFT_UNREAD.contains(error.code())) response.putHeader("connection", "close");
        if (error.status() == 401) response.putHeader("www-authenticate", "Bearer");
        json(error.status(), envelope(error));
    }

    /** In whole seconds, rounded up, as HTTP has it; and in milliseconds, which the OpenAI clients read first. */
    private void retryAfter(Duration wait) {
        long millis = wait.toMillis();
        response.putHeader("retry-after", Long.toString(Math.ceilDiv(millis, 1000)));
        response.putHeader("retry-after-ms", Long.toString(millis));
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
