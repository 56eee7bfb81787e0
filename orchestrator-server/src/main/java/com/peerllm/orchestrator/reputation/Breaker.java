package com.peerllm.orchestrator.reputation;

/**
 * Keeps a host that fails again and again from being asked for a while.
 *
 * <p>Three faults within 60 s, with no success between them, open it for 15 s. Then exactly one job may try (half open): a
 * success closes it, a fault opens it for twice as long as before, at most 8 minutes. A try of
 * which neither is heard for 60 s, because its consumer left, lets the next one through. While it is open, the ends of jobs
 * that were sent before change nothing.
 *
 * @param earlierFaultMillis the fault before the last; 0 when there is none
 * @param lastFaultMillis 0 when there is none
 * @param openUntilMillis 0 when closed
 * @param openForMillis how long it was opened last; 0 when closed
 * @param probeMillis when the one job was sent; 0 when none was
 */
public record Breaker(
        long earlierFaultMillis, long lastFaultMillis, long openUntilMillis, long openForMillis, long probeMillis) {
    static final long WINDOW_MILLIS = 60_000;
    static final long FIRST_OPEN_MILLIS = 15_000;
    static final long LONGEST_OPEN_MILLIS = 8 * 60_000;
    static final long PROBE_PATIENCE_MILLIS = 60_000;

    public static final Breaker CLOSED = new Breaker(0, 0, 0, 0, 0);

    /** Whether no job may be sent now. */
    public boolean isOpen(long nowMillis) {
        if (openForMillis == 0) return false;
        return nowMillis < openUntilMillis || (probeMillis > 0 && nowMillis - probeMillis < PROBE_PATIENCE_MILLIS);
    }

    public boolean isClosed() {
        return openForMillis == 0;
    }

    /** A job was sent; when half open, it is the one that tries. */
    public Breaker afterJobSent(long nowMillis) {
        if (openForMillis == 0 || isOpen(nowMillis)) return this;
        return new Breaker(0, 0, openUntilMillis, openForMillis, nowMillis);
    }

    public Breaker afterSuccess(long nowMillis) {
        return nowMillis < openUntilMillis ? this : CLOSED;
    }

    public Breaker afterFault(long nowMillis) {
        if (nowMillis < openUntilMillis) return this;
        if (openForMillis > 0) return open(nowMillis, Math.min(2 * openForMillis, LONGEST_OPEN_MILLIS));
        boolean third = earlierFaultMillis > 0 && nowMillis - earlierFaultMillis < WINDOW_MILLIS;
        return third ? open(nowMillis, FIRST_OPEN_MILLIS) : new Breaker(lastFaultMillis, nowMillis, 0, 0, 0);
    }

    private static Breaker open(long nowMillis, long forMillis) {
        return new Breaker(0, 0, nowMillis + forMillis, forMillis, 0);
    }
}
