package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.shared.openai.ApiError;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/** Where a key's limits stand, as the OpenAI API says it in headers and errors. */
final class RateHeaders {
    private RateHeaders() {}

    /** A limit that the key does not have has no headers. */
    static void put(HttpServerResponse response, RateLimits.Ticket ticket) {
        put(response, "requests", ticket.requests());
        put(response, "tokens", ticket.tokens());
    }

    private static void put(HttpServerResponse response, String of, Optional<RateLimits.Gauge> gauge) {
        gauge.ifPresent(now -> response.putHeader("x-ratelimit-limit-" + of, Integer.toString(now.limit()))
                .putHeader("x-ratelimit-remaining-" + of, Long.toString(now.remaining()))
                .putHeader("x-ratelimit-reset-" + of, duration(now.untilFull())));
    }

    static ApiError refusal(String of, int limit, Duration wait) {
        return ApiError.of(
                        429,
                        of,
                        "rate_limit_exceeded",
                        "This API key may use " + limit + " " + of + " a minute, and they are used up. Try again in "
                                + duration(wait) + ".")
                .withRetryAfter(wait);
    }

    /** As Go writes durations, with whole milliseconds, rounded up: {@code 12ms}, {@code 1.5s}, {@code 6m0s}. */
    static String duration(Duration time) {
        long millis = millis(time);
        if (millis < 1000) return millis + "ms";
        long minutes = millis / 60_000;
        String seconds = seconds(millis % 60_000);
        return minutes == 0 ? seconds : minutes < 60 ? minutes + "m" + seconds : hours(minutes, seconds);
    }

    private static String hours(long minutes, String seconds) {
        return minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String seconds(long millis) {
        String fraction = "%03d".formatted(millis % 1000).replaceAll("0+$", "");
        return millis / 1000 + (fraction.isEmpty() ? "" : "." + fraction) + "s";
    }

    /** Rounded up, so that who waits so long does not come too early. */
    static long millis(Duration time) {
        return Math.ceilDiv(time.toNanos(), 1_000_000L);
    }
}
