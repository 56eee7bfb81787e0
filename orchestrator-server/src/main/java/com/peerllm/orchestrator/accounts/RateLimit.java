package com.peerllm.orchestrator.accounts;

import java.time.Duration;
import java.util.Optional;

/**
 * So many of something a minute: a bucket that holds a minute's worth and refills steadily, kept as the one time at which
 * it will be full again (the generic cell rate algorithm, ITU-T I.371). Between any two moments no more than a minute's
 * worth and what refilled between them can be taken. Times are nanoseconds of a clock that never goes back. One thread.
 *
 * <p>What is taken before its size is known is {@link #correct corrected} when it is known. Too little taken becomes a debt
 * that later takers wait for. Too much comes back, but for what has refilled meanwhile: that may have been taken again
 * already, and given back it would be allowed twice.
 */
final class RateLimit {
    static final int MOST_PER_MINUTE = 100_000_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    /** A debt is never longer than this, so that one gigantic request does not shut a key out for good. */
    private static final long LONGEST_DEBT = Duration.ofHours(1).toNanos();

    private final int perMinute;
    private long fullAt;

    /** @param nowNanos the bucket is full at this time */
    RateLimit(int perMinute, long nowNanos) {
        requireSensible(perMinute);
        this.perMinute = perMinute;
        this.fullAt = nowNanos;
    }

    static void requireSensible(int perMinute) {
        if (perMinute < 1 || perMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException("A limit per minute is from 1 to 100,000,000");
        }
    }

    /** The same use under another limit: what part of the minute is used stays the same. */
    RateLimit changedTo(int otherPerMinute) {
        return new RateLimit(otherPerMinute, fullAt);
    }

    int perMinute() {
        return perMinute;
    }

    /**
     * Takes this much, if it is there. More than a minute's worth counts as a minute's worth.
     *
     * @return how long to wait for it; empty when it is taken
     */
    Optional<Duration> take(long amount, long now) {
        long full = Math.max(fullAt - now, 0) + refillTime(Math.min(amount, perMinute));
        if (full > MINUTE) return Optional.of(Duration.ofNanos(full - MINUTE));
        fullAt = now + full;
        return Optional.empty();
    }

    /**
     * Counts what was really used in place of what was taken.
     *
     * @param takenAt when it was taken
     */
    void correct(long taken, long used, long takenAt, long now) {
        long counted = refillTime(Math.min(taken, perMinute));
        long real = refillTime(used);
        if (real > counted) {
            long debt = Math.max(fullAt - now, 0) + real - counted;
            fullAt = now + Math.min(debt, LONGEST_DEBT);
        } else {
            fullAt -= Math.max(0, counted - real - (now - takenAt));
        }
    }

    /** How much can be taken now. */
    long remaining(long now) {
        long used = Math.max(fullAt - now, 0);
        if (used >= MINUTE) return 0;
        return perMinute - Math.ceilDiv(used * perMinute, MINUTE);
    }

    /** How long until a whole minute's worth can be taken. */
    Duration untilFull(long now) {
        return Duration.ofNanos(Math.max(fullAt - now, 0));
    }

    /** How long this much takes to refill, rounded up; at most {@link #LONGEST_DEBT}. */
    private long refillTime(long amount) {
        long minutes = amount / perMinute;
        if (minutes >= LONGEST_DEBT / MINUTE) return LONGEST_DEBT;
        return minutes * MINUTE + Math.ceilDiv(amount % perMinute * MINUTE, (long) perMinute);
    }
}
