package com.peerllm.host.kernel;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A person's wish to end a long operation, which asks for it between its steps. */
public final class Cancellation {
    private final AtomicBoolean wished = new AtomicBoolean();
    private final List<Runnable> told = new CopyOnWriteArrayList<>();

    public void cancel() {
        if (wished.compareAndSet(false, true)) told.forEach(Runnable::run);
    }

    /**
     * Ends what cannot ask.
     *
     * @param action run once, at once when it is cancelled already; must not block
     * @return ends the telling
     */
    public Signal.Subscription onCancel(Runnable action) {
        AtomicBoolean once = new AtomicBoolean();
        Runnable first = () -> {
            if (once.compareAndSet(false, true)) action.run();
        };
        told.add(first);
        if (wished.get()) first.run();
        return () -> told.remove(first);
    }

    public boolean isCancelled() {
        return wished.get();
    }

    /** @throws CancellationException when it is cancelled */
    public void check() {
        if (wished.get()) throw new CancellationException("Cancelled");
    }
}
