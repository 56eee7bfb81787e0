package com.peerllm.shared.reputation;

/**
 * The published formula: from what is known of a host with a model to its score. Every constant is explained in
 * docs/reputation.md; a change of any is a new {@link #VERSION}.
 *
 * <p>A success never lowers a score and a failure never raises it, all else being equal.
 */
public final class Reputation {
    public static final int VERSION = 1;

    static final double SLOWEST = 0.25;
    static final double FASTEST = 2;

    /** Whoever finished fewer answers lately is a newcomer. */
    public static final int NEWCOMER_ANSWERS = 10;

    private Reputation() {}

    /** @param excludedUntilMillis the latest end of an exclusion over all models of the host: who lies, lies as a host */
    public static Score score(
            ModelHistory history, Presence presence, long excludedUntilMillis, CohortPace cohort, long nowMillis) {
        double success = success(history, nowMillis);
        double speed = speed(history, cohort);
        double uptime = presence.uptime(nowMillis);
        double honesty = nowMillis < excludedUntilMillis ? 0 : 1;
        double value = value(honesty, success, speed, uptime);
        return new Score(value, success, speed, uptime, honesty, isNewcomer(history, nowMillis));
    }

    /** The same value without making an object of its parts. */
    public static double value(
            ModelHistory history, Presence presence, long excludedUntilMillis, CohortPace cohort, long nowMillis) {
        if (nowMillis < excludedUntilMillis) return 0;
        return value(1, success(history, nowMillis), speed(history, cohort), presence.uptime(nowMillis));
    }

    private static double value(double honesty, double success, double speed, double uptime) {
        return honesty * success * success * speed * Math.sqrt(uptime);
    }

    private static double success(ModelHistory history, long nowMillis) {
        return history.outcomes().lowerBound(nowMillis);
    }

    private static double speed(ModelHistory history, CohortPace cohort) {
        return Math.sqrt(timesAsFast(history.millisPerToken(), cohort.millisPerToken())
                * timesAsFast(history.firstTokenMillis(), cohort.firstTokenMillis()));
    }

    /** What is not known is taken for average. */
    private static double timesAsFast(PeakAverage own, double cohort) {
        return own.measured() && cohort > 0 ? Math.clamp(cohort / own.value(), SLOWEST, FASTEST) : 1;
    }

    public static boolean isNewcomer(ModelHistory history, long nowMillis) {
        return history.honesty().probation() > 0 || history.outcomes().successesAt(nowMillis) < NEWCOMER_ANSWERS;
    }
}
