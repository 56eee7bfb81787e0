package com.peerllm.host.modelstore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/** The speed of a download over the last ten seconds, and the time that is left at it. For one thread. */
final class Pace {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final long LEAST_NANOS = 500_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long atNanos, long bytes) {}

    /** @param bytes of the file that are here */
    void at(long nowNanos, long bytes) {
        samples.addLast(new Sample(nowNanos, bytes));
        while (samples.size() > 2 && nowNanos - samples.getFirst().atNanos > WINDOW_NANOS) samples.removeFirst();
    }

    /** 0 until there is enough to tell. */
    long bytesPerSecond() {
        if (samples.size() < 2) return 0;
        long nanos = samples.getLast().atNanos - samples.getFirst().atNanos;
        if (nanos < LEAST_NANOS) return 0;
        long bytes = samples.getLast().bytes - samples.getFirst().bytes;
        return Math.max(0, Math.round(bytes * NANOS_PER_SECOND / nanos));
    }

    Optional<Duration> left(OptionalLong total) {
        long speed = bytesPerSecond();
        if (speed == 0 || total.isEmpty()) return Optional.empty();
        long rest = Math.max(0, total.getAsLong() - samples.getLast().bytes);
        return Optional.of(Duration.ofSeconds((rest + speed - 1) / speed));
    }
}
