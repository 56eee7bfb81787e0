package com.peerllm.endtoend.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Everything that came of a streamed answer, to its end.
 *
 * @param sentNanos {@link System#nanoTime()} just before the request was sent
 */
public record StreamedAnswer(long sentNanos, List<StreamEvent> events) {
    public StreamedAnswer {
        events = List.copyOf(events);
    }

    public String text() {
        return texts().stream().map(StreamEvent.Text::text).collect(Collectors.joining());
    }

    /** The whole answer, when the stream was one: a finish, the counts, and one {@code [DONE]} as the last event. */
    public Optional<ChatAnswer> whole() {
        Optional<StreamEvent.Finished> finished = only(StreamEvent.Finished.class);
        Optional<StreamEvent.Counted> counted = only(StreamEvent.Counted.class);
        if (finished.isEmpty() || counted.isEmpty() || doneEvents() != 1) return Optional.empty();
        if (!(events.getLast() instanceof StreamEvent.Done)) return Optional.empty();
        return Optional.of(new ChatAnswer(
                text(),
                finished.get().reason(),
                counted.get().usage(),
                finished.get().extras()));
    }

    public long doneEvents() {
        return events.stream().filter(StreamEvent.Done.class::isInstance).count();
    }

    /** The error that broke the answer off. */
    public Optional<StreamEvent.Failed> failure() {
        return only(StreamEvent.Failed.class);
    }

    public Optional<Duration> timeToFirstToken() {
        return texts().stream().findFirst().map(first -> Duration.ofNanos(first.atNanos() - sentNanos));
    }

    /** The longest time between two pieces of the text. */
    public Duration longestGap() {
        List<StreamEvent.Text> texts = texts();
        long longest = 0;
        for (int i = 1; i < texts.size(); i++)
            longest =
                    Math.max(longest, texts.get(i).atNanos() - texts.get(i - 1).atNanos());
        return Duration.ofNanos(longest);
    }

    /**
     * Completion tokens after the first, by the time since the first; empty when the answer came in one piece and so has no
     * speed.
     */
    public OptionalDouble tokensPerSecond() {
        List<StreamEvent.Text> texts = texts();
        if (texts.size() < 2 || whole().isEmpty()) return OptionalDouble.empty();
        long nanos = texts.getLast().atNanos() - texts.getFirst().atNanos();
        int tokens = whole().get().usage().completionTokens() - 1;
        return nanos <= 0 ? OptionalDouble.empty() : OptionalDouble.of(tokens * 1e9 / nanos);
    }

    private List<StreamEvent.Text> texts() {
        return all(StreamEvent.Text.class);
    }

    private <E extends StreamEvent> Optional<E> only(Class<E> type) {
        List<E> found = all(type);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private <E extends StreamEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
