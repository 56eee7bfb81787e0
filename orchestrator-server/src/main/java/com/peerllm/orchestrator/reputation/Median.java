package com.peerllm.orchestrator.reputation;

/**
 * The median of values that come, change and go, each counted in a bucket a sixteenth of an octave wide: within 2.2 % of the
 * exact one. Adding and taking away moves the median by a bucket or so and looks at nothing else. Values from 2^-10 to 2^20.
 */
final class Median {
    private static final int BUCKETS_PER_OCTAVE = 16;
    private static final int LOWEST_OCTAVE = -10;
    private static final int BUCKETS = 30 * BUCKETS_PER_OCTAVE;

    /** For a value that is in no bucket. */
    static final int NOWHERE = -1;

    private final int[] counts = new int[BUCKETS];
    private int total;
    private int median;
    /** Values in buckets before the median's. */
    private int below;

    static int bucketOf(double value) {
        double octave = Math.log(value) / Math.log(2) - LOWEST_OCTAVE;
        return Math.clamp((int) (octave * BUCKETS_PER_OCTAVE), 0, BUCKETS - 1);
    }

    void add(int bucket) {
        change(bucket, 1);
    }

    void remove(int bucket) {
        change(bucket, -1);
    }

    private void change(int bucket, int by) {
        counts[bucket] += by;
        total += by;
        if (bucket < median) below += by;
        if (total > 0) settle((total - 1) / 2);
    }

    /** Brings the median to the bucket that holds the value of this rank, counted from 0. */
    private void settle(int rank) {
        while (below > rank) below -= counts[--median];
        while (below + counts[median] <= rank) below += counts[median++];
    }

    boolean isEmpty() {
        return total == 0;
    }

    /** The middle of the bucket; 0 when there are no values. Of two middle values the lower one. */
    double value() {
        return total == 0 ? 0 : Math.pow(2, (median + 0.5) / BUCKETS_PER_OCTAVE + LOWEST_OCTAVE);
    }
}
