package com.peerllm.orchestrator.admission;

import java.time.Duration;

/** How fast a queue moves: departures per second, of which those of half a minute ago count half. Pure: time is passed in. */
public final class DrainRate {
    private static final double HALF_LIFE_MILLIS = 30_000;

    /** What is told when nothing is known, and the bounds of what is told: OpenAI's clients ignore more than a minute. */
    private static final Duration UNKNOWN = Duration.ofSeconds(5);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(60);

    private final long sinceMillis;
    private double departures;
    private long atMillis;

    public DrainRate(long nowMillis) {
        sinceMillis = nowMillis;
        atMillis = nowMillis;
    }

    public void departed(long nowMillis) {
        departures = decayed(nowMillis) + 1;
        atMillis = nowMillis;
    }

    private double decayed(long nowMillis) {
        return departures * Math.pow(0.5, (nowMillis - atMillis) / HALF_LIFE_MILLIS);
    }

    /** 0 when nothing departed. */
    public double perSecond(long nowMillis) {
        double seen = 1 - Math.pow(0.5, Math.max(1, nowMillis - sinceMillis) / HALF_LIFE_MILLIS);
        return decayed(nowMillis) * Math.log(2) / (HALF_LIFE_MILLIS / 1000) / seen;
    }

    /** When to come again if so many must go before: 1 to 60 s. */
    public Duration timeFor(int places, long nowMillis) {
        double perSecond = perSecond(nowMillis);
        if (perSecond <= 0) return UNKNOWN;
        Duration time = Duration.ofMillis((long) Math.min(1e9, places * 1000 / perSecond));
        if (time.compareTo(LEAST) < 0) return LEAST;
        return time.compareTo(MOST) > 0 ? MOST : time;
    }
}
