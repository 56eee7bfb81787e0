package com.peerllm.orchestrator.reputation;

/**
 * Keeps a host that fails again and again from being asked for a while.
 *
 * <p>Three faults within 60 s open it for 15 s; then one job may try (half open). If that fails too it stays open for twice
 * as long as before, at most 8 minutes; a success closes it.
 *
 * @param faultsMillis times of the faults counted, oldest first, at most three
 * @param openUntilMillis 0 when closed
 * @param openForMillis how long it was opened last; 0 when closed
 */
public record Breaker(long[] faultsMillis, long openUntilMillis, long openForMillis) {
    static final int FAULTS = 3;
    static final long WINDOW_MILLIS = 60_000;
    static final long FIRST_OPEN_MILLIS = 15_000;
    static final long LONGEST_OPEN_MILLIS = 8 * 60_000;

    public static final Breaker CLOSED = new Breaker(new long[0], 0, 0);

    public boolean isOpen(long nowMillis) {
        return nowMillis < openUntilMillis;
    }

    public Breaker afterSuccess() {
        return CLOSED;
    }

    public Breaker afterFault(long nowMillis) {
        if (openForMillis > 0) return open(nowMillis, Math.min(2 * openForMillis, LONGEST_OPEN_MILLIS));
        long[] recent = java.util.stream.LongStream.concat(
                        java.util.Arrays.stream(faultsMillis).filter(at -> nowMillis - at < WINDOW_MILLIS),
                        java.util.stream.LongStream.of(nowMillis))
                .toArray();
        return recent.length >= FAULTS ? open(nowMillis, FIRST_OPEN_MILLIS) : new Breaker(recent, 0, 0);
    }

    private static Breaker open(long nowMillis, long forMillis) {
        return new Breaker(new long[0], nowMillis + forMillis, forMillis);
    }
}
