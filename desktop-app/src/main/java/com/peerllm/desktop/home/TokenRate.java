package com.peerllm.desktop.home;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast a count grows, over the last seconds. Thread: one only. */
final class TokenRate {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    /** Over less time a rate is noise. */
    private static final Duration LEAST = Duration.ofMillis(900);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, long total) {}

    /** Notes the count at a time; earlier than the last sample it begins anew, for the clock was set. */
    void note(Instant now, long total) {
        if (!samples.isEmpty() && now.equals(samples.getLast().at())) samples.removeLast();
        if (!samples.isEmpty() && now.isBefore(samples.getLast().at())) samples.clear();
        samples.addLast(new Sample(now, total));
        Instant oldest = now.minus(WINDOW);
        while (samples.getFirst().at().isBefore(oldest)) samples.removeFirst();
    }

    /** Per second; without a value when nothing was counted in the last seconds, which is not a measured zero. */
    OptionalDouble perSecond() {
        if (samples.size() < 2) return OptionalDouble.empty();
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        Duration span = Duration.between(first.at(), last.at());
        if (last.total() <= first.total() || span.compareTo(LEAST) < 0) return OptionalDouble.empty();
        double seconds = span.toMillis() / 1000.0;
        return OptionalDouble.of((last.total() - first.total()) / seconds);
    }
}
