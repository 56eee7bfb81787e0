package com.peerllm.orchestrator.jobs;

import java.time.Duration;

/**
 * How regularly a host delivers one answer, so that one that has fallen silent is left within seconds and one that is slow is not.
 * Token path: four numbers.
 *
 * <p>A gap is too long when it is forty times the mean gap of this answer and four times its longest, and at least five seconds:
 * a computer that reads a long prompt for somebody else, or that swaps, pauses for some of them.
 */
final class Pace {
    private static final int FRAMES_TO_TELL = 16;
    private static final int TIMES_MEAN = 40;
    private static final int TIMES_LONGEST = 4;
    private static final Duration LEAST = Duration.ofSeconds(5);

    private int frames;
    private long firstNanos;
    private long lastNanos;
    private long longestNanos;

    void heard(long nowNanos) {
        if (frames == 0) firstNanos = nowNanos;
        else longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
        lastNanos = nowNanos;
        frames++;
    }

    /** @param most for a host whose pace is not known yet, and for any other */
    Duration longestGap(Duration most) {
        if (frames < FRAMES_TO_TELL) return most;
        long meanNanos = (lastNanos - firstNanos) / (frames - 1);
        long nanos = Math.max(LEAST.toNanos(), Math.max(TIMES_MEAN * meanNanos, TIMES_LONGEST * longestNanos));
        return nanos < most.toNanos() ? Duration.ofNanos(nanos) : most;
    }
}
