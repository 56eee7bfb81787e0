package com.peerllm.orchestrator.telemetry;

import java.time.Duration;
import java.util.stream.LongStream;

/** Upper bounds of the histograms' buckets. */
final class Buckets {
    /** From what a refusal takes to a long answer. */
    static final Duration[] ANSWER = millis(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000);

    /** From a warm cache to a long prompt on a slow computer. */
    static final Duration[] FIRST_TOKEN = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    /** What a loop that has nothing else to do needs, to a pause that consumers feel. */
    static final Duration[] DELAY = millis(1, 2, 5, 10, 20, 50, 100, 500, 1_000);

    /** Tokens per second of one answer. */
    static final double[] SPEED = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    private Buckets() {}

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
