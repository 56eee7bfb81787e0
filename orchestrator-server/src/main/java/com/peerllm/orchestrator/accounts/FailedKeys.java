package com.peerllm.orchestrator.accounts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many keys that are not valid came from each address, so that whoever sends many is slowed down. A bounded number of
 * addresses is remembered. Times are nanoseconds of a clock that never goes back. Lives on the event loop.
 */
public final class FailedKeys {
    static final int PER_MINUTE = 60;
    static final int MOST_ADDRESSES = 10_000;

    private static final long BETWEEN_REPORTS = Duration.ofMinutes(1).toNanos();

    private final Map<String, RateLimit> addresses = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private final int perMinute;
    private long unreported;
    private long nextReportAt;

    /** @param nowNanos the time at which it begins to count */
    public FailedKeys(long nowNanos) {
        this(nowNanos, PER_MINUTE);
    }

    /** @param perMinute how many one address may send */
    public FailedKeys(long nowNanos, int perMinute) {
        this.nextReportAt = nowNanos;
        this.perMinute = perMinute;
    }

    /**
     * Counts one.
     *
     * @return how long the address should wait when it has sent too many
     */
    public Optional<Duration> count(String address, long now) {
        unreported++;
        return addresses
                .computeIfAbsent(address, any -> new RateLimit(perMinute, now))
                .take(1, now);
    }

    /** Whether this address has sent too many. */
    public boolean isOver(String address, long now) {
        RateLimit limit = addresses.get(address);
        return limit != null && limit.remaining(now) == 0;
    }

    /** How many came since the last report, at most once a minute. */
    public Optional<Long> report(long now) {
        if (unreported == 0 || now - nextReportAt < 0) return Optional.empty();
        long count = unreported;
        unreported = 0;
        nextReportAt = now + BETWEEN_REPORTS;
        return Optional.of(count);
    }

    int remembered() {
        return addresses.size();
    }
}
