package com.peerllm.orchestrator.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Measures how late the event loop is: a timer that should fire every {@link #PERIOD} tells when it did. Lives on the event loop. */
public final class LoopMeter {
    /** Often enough to see a pause of a tenth of a second, seldom enough to cost nothing. */
    public static final Duration PERIOD = Duration.ofMillis(100);

    private final Timer delay;
    private long lastNanos;
    private boolean begun;

    LoopMeter(MeterRegistry registry) {
        delay = Timer.builder("peerllm.event.loop.delay")
                .description("How much later than planned a timer of the event loop fired.")
                .serviceLevelObjectives(Buckets.DELAY)
                .register(registry);
    }

    public void tick(long nowNanos) {
        if (begun) delay.record(Duration.ofNanos(Math.max(0, nowNanos - lastNanos - PERIOD.toNanos())));
        begun = true;
        lastNanos = nowNanos;
    }
}
