package com.peerllm.shared.reputation;

import java.time.Duration;

/**
 * Whether a host tells the truth: a gate, not a weight. Caught in a lie it serves nobody for a while and begins again as a
 * newcomer.
 *
 * <p>A certain lie ({@link Evidence.Meaning#DISHONEST}) convicts at once. A failed check ({@link Evidence.Meaning#DOUBTFUL})
 * may be the lie of the host that checked, so checks are added up as in Wald's sequential test with Page's reset (CUSUM, 1954):
 * a failed one adds ln(0.3 / 0.01), a confirmed one takes away ln(0.99 / 0.7) but never below 0, and at ln(0.95 / 0.001) the
 * host is convicted. That is three failed checks close together; one alone convicts nobody, and no number of honest answers
 * can be saved up against later lies.
 *
 * @param doubt what the checks add up to now
 * @param convictions sum of the faded weights, half-life 30 days
 * @param convictedAtMillis the last time; 0 when never
 * @param excludedUntilMillis until when it serves nobody; 0 when never convicted
 * @param probation answers still to be finished as a newcomer
 */
public record Honesty(
        double doubt, double convictions, long convictedAtMillis, long excludedUntilMillis, int probation) {
    /** The share of failed checks of an honest host, at most. */
    static final double HONEST_FAILS = 0.01;

    /** The share of failed checks of a host worth finding, at least. */
    static final double LIAR_FAILS = 0.3;

    /** How often an honest host may be convicted, and a liar not. */
    static final double FALSE_ALARM = 0.001;

    static final double MISSED = 0.05;

    static final long HALF_LIFE_MILLIS = Duration.ofDays(30).toMillis();
    static final long FIRST_EXCLUSION_MILLIS = Duration.ofHours(1).toMillis();
    static final long LONGEST_EXCLUSION_MILLIS = Duration.ofDays(30).toMillis();
    static final int PROBATION_ANSWERS = 20;

    private static final double FAILED = Math.log(LIAR_FAILS / HONEST_FAILS);
    private static final double CONFIRMED = Math.log((1 - LIAR_FAILS) / (1 - HONEST_FAILS));
    private static final double CONVICTED = Math.log((1 - MISSED) / FALSE_ALARM);

    public static final Honesty UNTRIED = new Honesty(0, 0, 0, 0, 0);

    Honesty afterAnswer(long atMillis) {
        if (probation == 0 || isExcluded(atMillis)) return this;
        return new Honesty(doubt, convictions, convictedAtMillis, excludedUntilMillis, probation - 1);
    }

    Honesty afterConfirmation() {
        double left = Math.max(0, doubt + CONFIRMED);
        return new Honesty(left, convictions, convictedAtMillis, excludedUntilMillis, probation);
    }

    Honesty afterFailure(Evidence.Meaning meaning, long atMillis) {
        return switch (meaning) {
            case UNRELIABLE -> this;
            case DOUBTFUL -> afterDoubt(atMillis);
            case DISHONEST -> convicted(atMillis);
        };
    }

    private Honesty afterDoubt(long atMillis) {
        double more = doubt + FAILED;
        if (more >= CONVICTED) return convicted(atMillis);
        return new Honesty(more, convictions, convictedAtMillis, excludedUntilMillis, probation);
    }

    /** Excluded for 1 hour, then 4, 16, ... up to 30 days. What it was still working on then is the same lie. */
    private Honesty convicted(long atMillis) {
        if (isExcluded(atMillis)) return this;
        double times = convictions * Fading.kept(convictedAtMillis, atMillis, HALF_LIFE_MILLIS) + 1;
        double exclusion = Math.min(FIRST_EXCLUSION_MILLIS * Math.pow(4, times - 1), LONGEST_EXCLUSION_MILLIS);
        return new Honesty(0, times, atMillis, atMillis + (long) exclusion, PROBATION_ANSWERS);
    }

    public boolean isExcluded(long nowMillis) {
        return nowMillis < excludedUntilMillis;
    }
}
