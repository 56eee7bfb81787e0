package com.peerllm.host.kernel;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that others can watch: the host's state as the screens and the session see it, without JavaFX.
 *
 * <p>A new listener is called at once with the current value, then on every change, on the thread that sets it. A
 * listener that throws is logged and does not keep the others from being told. Setting an equal value tells nobody.
 */
public final class Signal<T> {
    private static final Logger log = LoggerFactory.getLogger(Signal.class);

    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T value;

    public Signal(T initial) {
        value = Objects.requireNonNull(initial);
    }

    /** Never waits, not even for listeners that are being told. */
    public T get() {
        return value;
    }

    public synchronized void set(T next) {
        if (value.equals(Objects.requireNonNull(next))) return;
        value = next;
        for (Consumer<? super T> listener : listeners) tell(listener, next);
    }

    public synchronized Subscription subscribe(Consumer<? super T> listener) {
        listeners.add(listener);
        tell(listener, value);
        return () -> listeners.remove(listener);
    }

    private void tell(Consumer<? super T> listener, T current) {
        try {
            listener.accept(current);
        } catch (RuntimeException e) {
            log.error("A listener of a signal failed", e);
        }
    }

    /** The right to be told; closing it ends the telling. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
