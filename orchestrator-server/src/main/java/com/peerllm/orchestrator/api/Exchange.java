package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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
    private static final Set<String> LEFT_UNREAD = Set.of("request_too_large", "request_timeout", "receiving_too_much");

    /** What a page in a browser may read. */
    private static final String EXPOSED_HEADERS = "x-request-id, openai-processing-ms, retry-after, retry-after-ms,"
            + " x-should-retry, x-peerllm-receipt, x-peerllm-queue-ms, x-peerllm-held-nanodollars,"
            + " idempotent-replayed, x-ratelimit-limit-requests,"
            + " x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-tokens,"
            + " x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";

    /** Of a request's body; text in English has about four bytes a token. */
    private static final int BYTES_PER_TOKEN = 4;

    final HttpServerRequest request;
    final HttpServerResponse response;
    final String id;
    private final Visitor visitor;
    private final List<Runnable> whenOver = new ArrayList<>(2);
    private final List<Runnable> whenGone = new ArrayList<>(1);
    private boolean isOver;
    private Optional<RateLimits.Ticket> ticket = Optional.empty();
    private long bodyBytes;
    private Optional<JobId> job = Optional.empty();
    private int keptAtMost = -1;
    private Optional<byte[]> kept = Optional.empty();
    private Optional<String> keyId = Optional.empty();

    /**
     * @param id {@code req_} and 32 hex digits; a job that this request starts has the same digits
     * @param nanoTime a clock that never goes back
     */
    Exchange(HttpServerRequest request, String id, LongSupplier nanoTime, Visitor visitor) {
        this.request = request;
        this.response = request.response();
        this.id = id;
        this.visitor = visitor;
        response.putHeader("x-request-id", id);
        response.putHeader("access-control-allow-origin", "*");
        response.putHeader("access-control-expose-headers", EXPOSED_HEADERS);
        whenOver.add(() -> visitor.answered("close".equals(response.headers().get("connection"))));
        response.endHandler(end -> over());
        response.closeHandler(closed -> {
            whenGone.forEach(Runnable::run);
            over();
        });
        long begunNanos = nanoTime.getAsLong();
        response.headersEndHandler(nothing -> response.putHeader(
                "openai-processing-ms", Long.toString((nanoTime.getAsLong() - begunNanos) / 1_000_000)));
    }

    private void over() {
        if (isOver) return;
        isOver = true;
        whenOver.forEach(Runnable::run);
    }

    /** By this orchestrator's clock, as HTTP writes it. */
    void tellTime(Instant now) {
        response.putHeader("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    }

    /** Done when the consumer's connection closes before the answer has left. */
    void whenGone(Runnable task) {
        whenGone.add(task);
    }

    /** Done once, when the answer has left, or nobody is there to take it. */
    void whenOver(Runnable task) {
        whenOver.add(task);
    }

    /** This request starts a job of another name than its own. */
    void use(JobId other) {
        job = Optional.of(other);
    }

    /** Keeps what is sent in one piece with status 200, unless it is longer. */
    void keep(int mostBytes) {
        keptAtMost = mostBytes;
    }

    Optional<byte[]> kept() {
        return kept;
    }

    /** Names the job that this request starts: what is logged of either is found with the same digits. */
    JobId jobId() {
        return job.orElseGet(() -> new JobId("job_" + id.substring("req_".length())));
    }

    /** Whose request it is, once that is known. */
    void from(Caller caller) {
        keyId = Optional.of(caller.keyId());
    }

    Optional<String> keyId() {
        return keyId;
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
                        503,
                        "service_unavailable",
                        "receiving_too_much",
                        "Too many requests are being received now.")));
            } else {
                read.appendBuffer(part);
            }
        });
        request.exceptionHandler(broken -> whole.tryFail(refused(
                400, "incomplete_body", "The connection ended, or was no HTTP any more, before the body did.")));
        request.endHandler(end -> {
            bodyBytes = read.length();
            whole.tryComplete(read.getBytes());
        });
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

    /** The request counts against its key's limits, which the answer's headers show from now on. */
    void admitted(RateLimits.Ticket counted) {
        ticket = Optional.of(counted);
        RateHeaders.put(response, counted);
    }

    /**
     * Takes the tokens that the request may need from its key's limit: a quarter of the body's bytes for the prompt, and
     * these.
     *
     * @return false when there are not so many; then the error is on its way
     */
    boolean takeTokens(long completionTokens) {
        if (ticket.isEmpty()) return true;
        RateLimits.Ticket counted = ticket.get();
        Optional<Duration> wait = counted.takeTokens(bodyBytes / BYTES_PER_TOKEN + completionTokens);
        RateHeaders.put(response, counted);
        if (wait.isEmpty()) return true;
        int limit = counted.tokens().map(RateLimits.Gauge::limit).orElse(0);
        error(RateHeaders.refusal("tokens", limit, wait.get()));
        return false;
    }

    /** The request is over and had so many tokens, prompt and completion; only the first time counts. */
    void tokensUsed(long tokens) {
        ticket.ifPresent(counted -> counted.tokensUsed(tokens));
    }

    /** The answer goes on when its reader has taken what is written of it; one that does not is cut off. */
    void readerMustTake() {
        visitor.mustTake();
    }

    void readerTook() {
        visitor.took();
    }

    private long declaredLength() {
        try {
            String declared = request.getHeader("content-length");
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** How long the request waited for a host, where the answer has not begun. */
    void waited(Duration time) {
        if (!response.headWritten()) response.putHeader("x-peerllm-queue-ms", Long.toString(time.toMillis()));
    }

    /** What was set aside for the request: most that it can cost. */
    void held(Credits atMost) {
        response.putHeader("x-peerllm-held-nanodollars", Long.toString(atMost.nanoDollars()));
    }

    void json(int status, Object value) {
        json(status, JSON.writeValueAsBytes(value));
    }

    /** What is JSON already. */
    void json(int status, byte[] json) {
        if (response.ended()) return;
        if (status == 200 && json.length <= keptAtMost) kept = Optional.of(json);
        response.setStatusCode(status).putHeader("content-type", "application/json");
        response.end(Buffer.buffer(json));
    }

    /** What is no JSON. */
    void text(int status, String type, byte[] text) {
        if (response.ended()) return;
        response.setStatusCode(status).putHeader("content-type", type);
        response.end(Buffer.buffer(text));
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
        json(error.status(), error.envelope());
    }

    /** In whole seconds, rounded up, as HTTP has it (RFC 9110, 10.2.3), and exactly, as OpenAI's clients read it first. */
    private void retryAfter(Duration time) {
        long millis = RateHeaders.millis(time);
        response.putHeader("retry-after", Long.toString(Math.ceilDiv(millis, 1000L)));
        response.putHeader("retry-after-ms", Long.toString(millis));
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
