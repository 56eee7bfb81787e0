package com.peerllm.host.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long at least one answer was being made, by day (UTC). All methods are for any thread.
 *
 * <p>Between two looks at the clock at most {@link #LONGEST_LOOK} counts: a longer time means that the computer slept or that
 * its clock was set, and what nobody measured is not made up.
 */
public final class BusyTime {
    /** Somebody must {@link #take} at least so often. */
    public static final Duration LONGEST_LOOK = Duration.ofSeconds(90);

    private final InstantSource clock;
    private final Map<LocalDate, Duration> waiting = new TreeMap<>();
    private int running;
    private Instant counted = Instant.EPOCH;

    public BusyTime(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void begin() {
        if (running++ == 0) counted = clock.instant();
    }

    synchronized void end() {
        if (running == 0) return;
        count();
        running--;
    }

    /** Answers that are being made now or wait for their model. */
    synchronized int running() {
        return running;
    }

    /** What came together since the last call, up to this moment. */
    public synchronized Map<LocalDate, Duration> take() {
        if (running > 0) count();
        Map<LocalDate, Duration> taken = new TreeMap<>(waiting);
        waiting.clear();
        return taken;
    }

    private void count() {
        Instant now = clock.instant();
        Instant from = counted;
        counted = now;
        Duration whole = Duration.between(from, now);
        if (whole.isNegative() || whole.isZero()) return;
        Instant end = whole.compareTo(LONGEST_LOOK) > 0 ? from.plus(LONGEST_LOOK) : now;
        for (Instant at = from; at.isBefore(end); ) {
            LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
            Instant midnight = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            Instant until = end.isBefore(midnight) ? end : midnight;
            waiting.merge(day, Duration.between(at, until), Duration::plus);
            at = until;
        }
    }
}
