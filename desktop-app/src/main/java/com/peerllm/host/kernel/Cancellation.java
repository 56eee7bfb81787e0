package com.peerllm.host.kernel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A person's wish to end a long operation, which asks for it between its steps. */
public final class Cancellation {
    private final AtomicBoolean wished = new AtomicBoolean();

    public void cancel() {
        wished.set(true);
    }

    public boolean isCancelled() {
        return wished.get();
    }

    /** @throws CancellationException when it is cancelled */
    public void check() {
        if (wished.get()) throw new CancellationException("Cancelled");
    }
}
