package com.peerllm.shared.reputation;

import java.time.Duration;

/**
 * How often a host finished what it took on, with older outcomes weighing less: half after 7 days or after 500 further
 * outcomes, whichever is sooner.
 *
 * <p>The count of outcomes bounds the sums (to 722), so that a host with a million good answers cannot spend them on a
 * thousand bad ones.
 *
 * @param successes sum of the faded weights
 * @param failures sum of the faded weights
 * @param atMillis to when both are faded
 */
public record Outcomes(double successes, double failures, long atMillis) {
    static final long HALF_LIFE_MILLIS = Duration.ofDays(7).toMillis();
    static final int HALF_LIFE_OUTCOMES = 500;

    private static final double KEPT_PER_OUTCOME = Math.pow(0.5, 1.0 / HALF_LIFE_OUTCOMES);

    public static final Outcomes NONE = new Outcomes(0, 0, 0);

    Outcomes afterSuccess(long atMillis) {
        double kept = keptAtOutcome(atMillis);
        return new Outcomes(successes * kept + 1, failures * kept, Math.max(atMillis, this.atMillis));
    }

    Outcomes afterFailure(long atMillis) {
        double kept = keptAtOutcome(atMillis);
        return new Outcomes(successes * kept, failures * kept + 1, Math.max(atMillis, this.atMillis));
    }

    private double keptAtOutcome(long nowMillis) {
        return Math.min(kept(nowMillis), KEPT_PER_OUTCOME);
    }

    private double kept(long nowMillis) {
        return Fading.kept(atMillis, nowMillis, HALF_LIFE_MILLIS);
    }

    double successesAt(long nowMillis) {
        return successes * kept(nowMillis);
    }

    /** With 95 % certainty the host finishes more than this share of what it takes on; 0 to 1, see {@link LowerBound}. */
    double lowerBound(long nowMillis) {
        double kept = kept(nowMillis);
        return LowerBound.of(successes * kept, failures * kept);
    }
}
