package com.peerllm.orchestrator.reputation;

/**
 * How often a host finished what it took on, as one number from 0 to 1.
 *
 * <p>Score = (successes + 1) / (successes + faults + 2), the mean of a Beta(1, 1) prior updated by the outcomes (Laplace's
 * rule of succession). Consumer errors, cancels and refusals for lack of room are no outcomes. Older outcomes fade: when
 * {@link #WINDOW} is reached both counts are halved, so that the score follows the recent past and nothing overflows.
 */
public record Reliability(int successes, int faults) {
    /** Outcomes after which the older half loses half its weight. */
    static final int WINDOW = 200;

    /** A host nothing is known of: 0.5. */
    public static final Reliability UNKNOWN = new Reliability(0, 0);

    public Reliability afterSuccess() {
        return new Reliability(successes + 1, faults).faded();
    }

    public Reliability afterFault() {
        return new Reliability(successes, faults + 1).faded();
    }

    public double score() {
        return (successes + 1.0) / (successes + faults + 2.0);
    }

    private Reliability faded() {
        return successes + faults < WINDOW ? this : new Reliability(successes / 2, faults / 2);
    }
}
