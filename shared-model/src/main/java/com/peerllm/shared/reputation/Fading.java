package com.peerllm.shared.reputation;

/** How old evidence loses weight. */
final class Fading {
    private static final double LN_2 = Math.log(2);

    private Fading() {}

    /** The share of its weight that something keeps after so long; a clock that was set back fades nothing. */
    static double kept(long fromMillis, long toMillis, long halfLifeMillis) {
        long age = Math.max(0, toMillis - fromMillis);
        return Math.exp(-LN_2 * age / halfLifeMillis);
    }
}
