package com.peerllm.shared.reputation;

import java.time.Duration;

/**
 * An average of a cost that rises at once and falls slowly, so that a host which became slow is seen to be slow (the peak
 * EWMA of Finagle): a higher sample becomes the average, but no more than doubles it; a lower one is mixed in by the time
 * that passed, with a time constant of 10 minutes.
 *
 * @param value 0 when nothing was measured
 */
public record PeakAverage(double value, long atMillis) {
    static final long TIME_CONSTANT_MILLIS = Duration.ofMinutes(10).toMillis();

    /** One hiccup must not make a fast host the slowest of all. */
    static final double MOST_RISE = 2;

    public static final PeakAverage NONE = new PeakAverage(0, 0);

    public boolean measured() {
        return value > 0;
    }

    PeakAverage after(double sample, long nowMillis) {
        if (!measured()) return new PeakAverage(sample, nowMillis);
        long now = Math.max(nowMillis, atMillis);
        if (sample >= value) return new PeakAverage(Math.min(sample, value * MOST_RISE), now);
        double kept = Math.exp(-(double) (now - atMillis) / TIME_CONSTANT_MILLIS);
        return new PeakAverage(value * kept + sample * (1 - kept), now);
    }
}
