package com.peerllm.orchestrator.hosts;

/** How much somebody may still send: what is sent is taken away, and comes back with time, up to that of some seconds. */
final class Allowance {
    private static final int BURST_SECONDS = 2;

    private final double perSecond;
    private double left;
    private long atMillis;

    Allowance(double perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.left = perSecond * BURST_SECONDS;
        this.atMillis = nowMillis;
    }

    /** @return false when there is not so much left */
    boolean take(double amount, long nowMillis) {
        long passedMillis = Math.max(0, nowMillis - atMillis);
        left = Math.min(perSecond * BURST_SECONDS, left + perSecond * passedMillis / 1000);
        atMillis = nowMillis;
        if (amount > left) return false;
        left -= amount;
        return true;
    }
}
