package com.peerllm.host.modelstore;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps a download at the speed that a person allows, which may change at any moment. For one thread. */
final class Bandwidth {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What was not used is good for so long; and a new limit is heard after so long at the latest. */
    private static final long SLICE_NANOS = 250_000_000L;

    private final Supplier<OptionalLong> bytesPerSecond;
    private final CountDownLatch stopped;
    private long paidUntilNanos = System.nanoTime();

    /** @param stopped ends a wait at once */
    Bandwidth(Supplier<OptionalLong> bytesPerSecond, CountDownLatch stopped) {
        this.bytesPerSecond = bytesPerSecond;
        this.stopped = stopped;
    }

    /** How much to read at once, so that a slow limit still moves several times a second. */
    int chunk(int most) {
        OptionalLong limit = bytesPerSecond.get();
        if (limit.isEmpty()) return most;
        return Math.clamp(limit.getAsLong() / 8, 1, most);
    }

    /** Waits until these bytes are within the limit. */
    void spend(int bytes) throws InterruptedException {
        OptionalLong limit = bytesPerSecond.get();
        long now = System.nanoTime();
        if (limit.isEmpty()) {
            paidUntilNanos = now;
            return;
        }
        paidUntilNanos = Math.max(paidUntilNanos, now - SLICE_NANOS) + cost(bytes, limit);
        while (limit.isPresent() && limit.equals(bytesPerSecond.get())) {
            long wait = paidUntilNanos - System.nanoTime();
            if (wait <= 0) return;
            if (stopped.await(Math.min(wait, SLICE_NANOS), TimeUnit.NANOSECONDS)) return;
        }
        paidUntilNanos = System.nanoTime();
    }

    private static long cost(int bytes, OptionalLong limit) {
        return Math.round(bytes * NANOS_PER_SECOND / Math.max(1, limit.getAsLong()));
    }
}
