package com.peerllm.orchestrator.jobs;

import java.util.Optional;
import java.util.function.Consumer;

/** The hosts that work on one choice: none, one, or two until the first token of either. Lives on the event loop. */
final class Attempts {
    private Attempt current;
    private Attempt rival;

    void begin(Attempt attempt) {
        current = attempt;
    }

    /** A second host begins beside a slow one. */
    void race(Attempt attempt) {
        rival = attempt;
    }

    boolean isEmpty() {
        return current == null;
    }

    Optional<Attempt> current() {
        return Optional.ofNullable(current);
    }

    boolean isRace() {
        return rival != null;
    }

    /** The first to deliver anything goes on alone; being second is no fault, and is not paid. */
    void won(Attempt winner) {
        if (rival == null) return;
        Attempt loser = winner == current ? rival : current;
        current = winner;
        rival = null;
        loser.cancel("another host was faster");
        loser.close();
    }

    /**
     * One of them is over.
     *
     * @return whether the other goes on
     */
    boolean drop(Attempt over) {
        over.close();
        current = over == current ? rival : current;
        rival = null;
        return current != null;
    }

    /** Does this to each of those that are there now and still count when it is their turn. */
    void each(Consumer<Attempt> action) {
        Attempt first = current;
        Attempt second = rival;
        if (first != null) action.accept(first);
        if (second != null && (second == rival || second == current)) action.accept(second);
    }

    /** Nothing of them counts from now on; safe to call twice. */
    void close() {
        each(Attempt::close);
        current = null;
        rival = null;
    }
}
