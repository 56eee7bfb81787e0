package com.peerllm.host.answering;

import java.util.Optional;

/** An answer on its way to the person: its listener hears one end and nothing after it, whoever else still speaks. */
final class RunningAnswer implements Assistant.Answering {
    private final Assistant.Listener listener;
    private Optional<Runnable> stop = Optional.empty();
    private boolean cancelled;
    private boolean hasText;
    private boolean over;

    RunningAnswer(Assistant.Listener listener) {
        this.listener = listener;
    }

    /** What ends the work; called at once when the person cancelled before. */
    void stoppedBy(Runnable how) {
        synchronized (this) {
            stop = Optional.of(how);
            if (!cancelled || over) return;
        }
        how.run();
    }

    @Override
    public void cancel() {
        Optional<Runnable> how;
        synchronized (this) {
            cancelled = true;
            how = over ? Optional.empty() : stop;
        }
        how.ifPresent(Runnable::run);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized boolean hasText() {
        return hasText;
    }

    synchronized void answeredBy(Assistant.Place place, String model, String why) {
        if (!over) listener.answeredBy(place, model, why);
    }

    synchronized void text(String more) {
        if (over || more.isEmpty()) return;
        hasText = true;
        listener.text(more);
    }

    synchronized void reasoning(String more) {
        if (over || more.isEmpty()) return;
        hasText = true;
        listener.reasoning(more);
    }

    synchronized void done(Assistant.Outcome outcome) {
        if (over) return;
        over = true;
        listener.done(outcome);
    }

    synchronized void failed(String sentence) {
        if (over) return;
        over = true;
        listener.failed(sentence);
    }
}
