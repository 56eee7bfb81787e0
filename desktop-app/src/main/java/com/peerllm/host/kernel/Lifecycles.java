package com.peerllm.host.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The start order of a program: one list, and stopping is its reverse.
 *
 * <p>When a part fails to start, the parts before it are stopped again. Every stop is attempted, whatever the others do.
 */
public final class Lifecycles implements Lifecycle {
    private final List<Lifecycle> order;
    private final Deque<Lifecycle> running = new ArrayDeque<>();

    public Lifecycles(List<Lifecycle> order) {
        this.order = List.copyOf(order);
    }

    @Override
    public synchronized void start() {
        for (Lifecycle part : order) {
            try {
                part.start();
            } catch (RuntimeException e) {
                stopAfter(e);
                throw e;
            }
            running.push(part);
        }
    }

    /** @throws RuntimeException the first failure of a stop, after all were attempted; later ones are suppressed in it */
    @Override
    public synchronized void stop() {
        RuntimeException first = stopAfter(null);
        if (first != null) throw first;
    }

    private RuntimeException stopAfter(RuntimeException earlier) {
        RuntimeException first = earlier;
        while (!running.isEmpty()) {
            try {
                running.pop().stop();
            } catch (RuntimeException e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        return first;
    }
}
