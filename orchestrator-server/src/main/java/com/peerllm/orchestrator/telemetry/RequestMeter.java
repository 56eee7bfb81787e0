package com.peerllm.orchestrator.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts HTTP requests by route and status, and how long they took to their last byte. Lives on the event loop. */
public final class RequestMeter {
    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new HashMap<>();

    private record Key(String route, int status) {}

    RequestMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param route one of the door's own words, never a path that was sent */
    public void ended(String route, int status, long nanos) {
        timers.computeIfAbsent(new Key(route, status), this::timer).record(Duration.ofNanos(nanos));
    }

    /** @param reason why a key opened nothing */
    public void keyRefused(String reason) {
        Counter.builder("peerllm.keys.refused")
                .description("Requests whose API key opened nothing, by reason.")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private Timer timer(Key key) {
        return Timer.builder("peerllm.http.request")
                .description("HTTP requests from their head to the last byte of the answer.")
                .tag("route", key.route())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(Buckets.ANSWER)
                .register(registry);
    }
}
