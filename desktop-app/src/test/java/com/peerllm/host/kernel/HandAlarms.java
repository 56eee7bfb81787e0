package com.peerllm.host.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Alarms of a time that the test moves by hand. */
public final class HandAlarms implements Alarms {
    private final List<Waiting> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Waiting(Duration at, Runnable action) {}

    @Override
    public synchronized Alarm after(Duration delay, Runnable action) {
        Waiting added = new Waiting(now.plus(delay), action);
        waiting.add(added);
        return () -> remove(added);
    }

    private synchronized void remove(Waiting gone) {
        waiting.removeIf(w -> w == gone);
    }

    /** Lets time pass and rings what is due, in order, those included that ringing sets. */
    public void advance(Duration time) {
        Duration end;
        synchronized (this) {
            end = now.plus(time);
        }
        for (Optional<Waiting> due = nextUntil(end); due.isPresent(); due = nextUntil(end))
            due.get().action.run();
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Waiting> nextUntil(Duration end) {
        Optional<Waiting> next =
                waiting.stream().filter(w -> w.at.compareTo(end) <= 0).min(Comparator.comparing(Waiting::at));
        next.ifPresent(w -> {
            waiting.remove(w);
            now = w.at;
        });
        return next;
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** How long until the next one rings. */
    public synchronized Optional<Duration> untilNext() {
        return waiting.stream().map(w -> w.at.minus(now)).min(Comparator.naturalOrder());
    }
}
