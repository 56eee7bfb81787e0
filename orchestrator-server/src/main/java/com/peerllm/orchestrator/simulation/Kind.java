package com.peerllm.orchestrator.simulation;

/**
 * What sorts of hosts there are, how many of each, and how they differ from an honest one.
 *
 * <p>The shares are those of the research this network is built on. A lie is found by an audit with the given chance; the
 * audits of the network compare tokens and counts, and finding another model or another quantization by its tokens is assumed
 * here, not shown (Token-DiFR, arXiv 2511.20621, tells 4-bit from the real one within 300 tokens).
 */
enum Kind {
    HONEST(0.80, 1, 0, 0.003, 24 * 7),
    /** Honest, but its connection breaks every four hours and one answer in ten fails. */
    FLAKY(0.10, 1, 0, 0.10, 4),
    /** Serves a smaller quantization than it says. */
    QUANTIZER(0.04, 1.5, 0.3, 0.003, 24 * 7),
    /** Serves a smaller model than it says. */
    SWAPPER(0.02, 3, 0.9, 0.003, 24 * 7),
    /** Honest for five days, a swapper for two. */
    ON_OFF(0.02, 1, 0.9, 0.003, 24 * 7),
    /** Comes in waves, and comes back under a new identity when it is found out. */
    SYBIL(0.02, 3, 0.9, 0.003, 24 * 7);

    /** An audit that fails though the host did nothing wrong: the other host was the liar, or two engines differed. */
    static final double FALSE_ALARM = 0.001;

    final double share;
    final double timesAsFast;
    final double foundByAnAudit;
    final double failsAnAnswer;
    final double hoursBetweenCrashes;

    Kind(double share, double timesAsFast, double foundByAnAudit, double failsAnAnswer, double hoursBetweenCrashes) {
        this.share = share;
        this.timesAsFast = timesAsFast;
        this.foundByAnAudit = foundByAnAudit;
        this.failsAnAnswer = failsAnAnswer;
        this.hoursBetweenCrashes = hoursBetweenCrashes;
    }

    boolean isBad() {
        return foundByAnAudit > 0;
    }
}
