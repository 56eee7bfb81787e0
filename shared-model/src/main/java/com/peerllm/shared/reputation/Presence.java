package com.peerllm.shared.reputation;

import java.time.Duration;

/**
 * How much of the time that a host promised it was there. No schedule is announced yet, so a connection is the promise: it
 * holds from the welcome until the host says that it drains. One that goes without a word is absent until it is back, but
 * for 8 hours at most. Time in which the orchestrator itself did not run counts for nobody.
 *
 * @param number of the last piece of evidence in it; 0 when there is none
 * @param presentMillis sum of the faded weights, half-life 30 days
 * @param promisedMillis sum of the faded weights, half-life 30 days
 * @param atMillis to when both are faded
 * @param lostAtMillis when it went without a word; 0 when it did not
 */
public record Presence(long number, double presentMillis, double promisedMillis, long atMillis, long lostAtMillis)
        implements History {
    static final long HALF_LIFE_MILLIS = Duration.ofDays(30).toMillis();

    /** After so long without a word, nothing is promised any more. */
    public static final long LONGEST_ABSENCE_MILLIS = Duration.ofHours(8).toMillis();

    /** Kept promises that everybody is credited with, so that the first lost connection does not weigh like a hundredth. */
    static final double CREDIT_MILLIS = Duration.ofHours(4).toMillis();

    public static final Presence NEW = new Presence(0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException when it is not the next piece of a host's presence */
    @Override
    public Presence after(Evidence evidence) {
        History.requireNext(this, evidence);
        return switch (evidence) {
            case Evidence.Present present ->
                plus(present, present.spanMillis(), present.spanMillis(), present.lost() ? present.atMillis() : 0);
            case Evidence.Absent absent -> plus(absent, 0, absent.spanMillis(), 0);
            case Evidence.OfModel other -> throw new IllegalArgumentException("No evidence of presence");
        };
    }

    private Presence plus(Evidence evidence, long present, long promised, long lostAt) {
        double kept = Fading.kept(atMillis, evidence.atMillis(), HALF_LIFE_MILLIS);
        return new Presence(
                evidence.number(),
                presentMillis * kept + present,
                promisedMillis * kept + promised,
                Math.max(atMillis, evidence.atMillis()),
                lostAt);
    }

    /** Share of the promised time in which it was there, 0 to 1. */
    double uptime(long nowMillis) {
        double kept = Fading.kept(atMillis, nowMillis, HALF_LIFE_MILLIS);
        return (presentMillis * kept + CREDIT_MILLIS) / (promisedMillis * kept + CREDIT_MILLIS);
    }
}
