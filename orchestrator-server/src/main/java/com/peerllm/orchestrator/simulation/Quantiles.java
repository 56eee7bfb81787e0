package com.peerllm.orchestrator.simulation;

/** Counts of durations in buckets 2 % wide, from which quantiles are read. */
final class Quantiles {
    private static final double LOG_WIDTH = Math.log(1.02);
    private final long[] counts = new long[2_000];
    private long total;

    void add(double value) {
        int bucket = value < 1e-3 ? 0 : 1 + (int) (Math.log(value / 1e-3) / LOG_WIDTH);
        counts[Math.min(bucket, counts.length - 1)]++;
        total++;
    }

    /** 0 when nothing was added. */
    double at(double share) {
        long rest = (long) Math.ceil(share * total);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            rest -= counts[bucket];
            if (rest <= 0) return bucket == 0 ? 0 : 1e-3 * Math.exp((bucket - 0.5) * LOG_WIDTH);
        }
        return 0;
    }
}
