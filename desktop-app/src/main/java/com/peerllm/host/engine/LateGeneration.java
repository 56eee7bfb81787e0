package com.peerllm.host.engine;

import java.util.Optional;

/** An answer that may begin later than it was asked for, when its model is loaded; it can be cancelled before and after. */
final class LateGeneration implements Generation {
    private final Runnable whileWaiting;
    private Optional<Generation> begun = Optional.empty();
    private boolean cancelled;

    /** @param whileWaiting what a cancel does before the answer begins */
    LateGeneration(Runnable whileWaiting) {
        this.whileWaiting = whileWaiting;
    }

    void began(Generation generation) {
        synchronized (this) {
            begun = Optional.of(generation);
            if (!cancelled) return;
        }
        generation.cancel();
    }

    @Override
    public void cancel() {
        Optional<Generation> running;
        synchronized (this) {
            cancelled = true;
            running = begun;
        }
        running.ifPresentOrElse(Generation::cancel, whileWaiting);
    }
}
