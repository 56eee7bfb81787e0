package com.peerllm.orchestrator.accounts;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How fast each key may go: requests and tokens a minute. Kept in memory for the keys that were in use during the last
 * minutes; a restart forgets it. Lives on the event loop.
 */
public final class RateLimits {
    private final Defaults defaults;
    private final LongSupplier nanoTime;
    /** In order of their last use, so that those whose buckets are full again stand in front and can go. */
    private final Map<String, KeyLimits> keys = new LinkedHashMap<>(64, 0.75f, true);

    /** The limits of keys that have none of their own; empty for no limit. */
    public record Defaults(OptionalInt requestsPerMinute, OptionalInt tokensPerMinute) {
        public static final Defaults NONE = new Defaults(OptionalInt.empty(), OptionalInt.empty());

        public Defaults {
            requestsPerMinute.ifPresent(RateLimit::requireSensible);
            tokensPerMinute.ifPresent(RateLimit::requireSensible);
        }
    }

    /** @param nanoTime a clock that never goes back */
    public RateLimits(Defaults defaults, LongSupplier nanoTime) {
        this.defaults = defaults;
        this.nanoTime = nanoTime;
    }

    /** One request of a key, as far as its limits go. */
    public Ticket ticket(ApiKey key) {
        return new Ticket(key);
    }

    /** Keys whose use is remembered now. */
    int remembered() {
        return keys.size();
    }

    private KeyLimits limitsOf(ApiKey key, long now) {
        forgetFull(now);
        KeyLimits limits = keys.computeIfAbsent(key.id(), any -> new KeyLimits());
        limits.requests =
                current(limits.requests, either(key.terms().requestsPerMinute(), defaults.requestsPerMinute), now);
        limits.tokens = current(limits.tokens, either(key.terms().tokensPerMinute(), defaults.tokensPerMinute), now);
        return limits;
    }

    private static OptionalInt either(OptionalInt own, OptionalInt otherwise) {
        return own.isPresent() ? own : otherwise;
    }

    private static Optional<RateLimit> current(Optional<RateLimit> before, OptionalInt perMinute, long now) {
        if (perMinute.isEmpty()) return Optional.empty();
        int wanted = perMinute.getAsInt();
        if (before.isEmpty()) return Optional.of(new RateLimit(wanted, now));
        return before.get().perMinute() == wanted
                ? before
                : Optional.of(before.get().changedTo(wanted));
    }

    /** A full bucket is like a new one. Two looks for each use keep up with any number of keys. */
    private void forgetFull(long now) {
        Iterator<KeyLimits> oldest = keys.values().iterator();
        for (int i = 0; i < 2 && oldest.hasNext(); i++) {
            if (!oldest.next().areFull(now)) return;
            oldest.remove();
        }
    }

    private static final class KeyLimits {
        private Optional<RateLimit> requests = Optional.empty();
        private Optional<RateLimit> tokens = Optional.empty();

        boolean areFull(long now) {
            return requests.stream().allMatch(limit -> limit.untilFull(now).isZero())
                    && tokens.stream().allMatch(limit -> limit.untilFull(now).isZero());
        }
    }

    /**
     * Where a limit stands.
     *
     * @param untilFull how long until the whole limit is there again
     */
    public record Gauge(int limit, long remaining, Duration untilFull) {
        private static Gauge of(RateLimit limit, long now) {
            return new Gauge(limit.perMinute(), limit.remaining(now), limit.untilFull(now));
        }
    }

    /** One request: taken into account when it comes, and its tokens twice, as an estimate and as they were. */
    public final class Ticket {
        private final ApiKey key;
        private long taken;
        private long takenAt;
        private boolean open;

        private Ticket(ApiKey key) {
            this.key = key;
        }

        /** Takes one request. @return how long to wait when there is none left */
        public Optional<Duration> takeRequest() {
            long now = nanoTime.getAsLong();
            return limitsOf(key, now).requests.flatMap(limit -> limit.take(1, now));
        }

        /** Takes the tokens that the request may need, once. @return how long to wait when they are not there */
        public Optional<Duration> takeTokens(long estimate) {
            if (open) throw new IllegalStateException("A request takes its tokens once");
            long now = nanoTime.getAsLong();
            Optional<Duration> wait = limitsOf(key, now).tokens.flatMap(limit -> limit.take(estimate, now));
            if (wait.isEmpty()) {
                open = true;
                taken = estimate;
                takenAt = now;
            }
            return wait;
        }

        /** Says how many tokens it really were. Only the first time counts, and only after tokens were taken. */
        public void tokensUsed(long used) {
            if (!open) return;
            open = false;
            long now = nanoTime.getAsLong();
            Optional.ofNullable(keys.get(key.id()))
                    .orElseGet(() -> limitsOf(key, now))
                    .tokens
                    .ifPresent(limit -> limit.correct(taken, used, takenAt, now));
        }

        public Optional<Gauge> requests() {
            long now = nanoTime.getAsLong();
            return limitsOf(key, now).requests.map(limit -> Gauge.of(limit, now));
        }

        public Optional<Gauge> tokens() {
            long now = nanoTime.getAsLong();
            return limitsOf(key, now).tokens.map(limit -> Gauge.of(limit, now));
        }
    }
}
