package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.telemetry.RequestMeter;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line in the log and one count in the metrics for every request, when its answer is over: what was asked for by the name
 * of its route, who asked by the id of the key, how it ended. Lives on the event loop.
 */
final class RequestLog {
    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    private final RequestMeter meter;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that never goes back */
    RequestLog(RequestMeter meter, LongSupplier nanoTime) {
        this.meter = meter;
        this.nanoTime = nanoTime;
    }

    /** @param route one of the door's own words, never the path that was sent */
    void begin(Exchange exchange, String route) {
        long began = nanoTime.getAsLong();
        exchange.whenOver(() -> ended(exchange, route, nanoTime.getAsLong() - began));
    }

    private void ended(Exchange exchange, String route, long nanos) {
        int status = exchange.response.getStatusCode();
        meter.ended(route, status, nanos);
        Optional<String> job = Optional.ofNullable(exchange.response.headers().get("x-peerllm-receipt"));
        log.atLevel(level(exchange, route, status))
                .addKeyValue("request", exchange.id)
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("ms", nanos / 1_000_000)
                .addKeyValue("bytes", exchange.response.bytesWritten())
                .addKeyValue("key", exchange.keyId().orElse("none"))
                .addKeyValue("job", job.orElse("none"))
                .log("Request ended");
    }

    /** Who has no key can send requests without end; {@link KeyGate} says once a minute how many were turned away. */
    private static Level level(Exchange exchange, String route, int status) {
        boolean turnedAway = exchange.keyId().isEmpty() && (status == 401 || status == 429);
        if (turnedAway) return Level.DEBUG;
        return route.contains("/v1/") || status >= 400 ? Level.INFO : Level.DEBUG;
    }
}
