package com.peerllm.host.kernel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential with full jitter above a floor, so that many hosts that lost the same
 * orchestrator do not return at the same moment.
 *
 * @param least no wait is shorter
 * @param most no wait is longer
 */
public record Backoff(Duration least, Duration most) {
    private static final int MOST_DOUBLINGS = 30;

    /** What the host link uses: half a second to a minute. */
    public static final Backoff LINK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60));

    public Backoff {
        if (least.isNegative() || least.isZero() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("A back-off needs 0 < least <= most");
        }
    }

    /**
     * The wait before the next try, evenly spread from {@link #least} to {@code least · 2^(failures)}, at most {@link #most}.
     *
     * @param failures tries that failed in a row, at least 1
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) throw new IllegalArgumentException("failures counts from 1");
        double doubled = least.toMillis() * Math.pow(2, Math.min(failures, MOST_DOUBLINGS));
        long ceiling = (long) Math.min(doubled, most.toMillis());
        return Duration.ofMillis(random.nextLong(least.toMillis(), ceiling + 1));
    }
}
