package com.peerllm.desktop.toolkit;

import com.peerllm.host.kernel.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Brings the host's signals to the thread of the screens as JavaFX properties.
 *
 * <p>Between two turns of that thread only the latest value of a signal waits, so a busy host cannot flood the screens.
 * Closing it ends all following.
 */
public final class FxSignals implements AutoCloseable {
    private final Executor fxThread;
    private final List<Signal.Subscription> subscriptions = new ArrayList<>();

    /** @param fxThread runs actions on the thread of the screens, in order */
    public FxSignals(Executor fxThread) {
        this.fxThread = fxThread;
    }

    /** A property that follows the signal; it has the signal's value at once. */
    public synchronized <T> ReadOnlyObjectProperty<T> follow(Signal<T> signal) {
        ReadOnlyObjectWrapper<T> property = new ReadOnlyObjectWrapper<>(signal.get());
        AtomicReference<T> waiting = new AtomicReference<>();
        subscriptions.add(signal.subscribe(value -> {
            if (waiting.getAndSet(value) == null) {
                fxThread.execute(() -> property.set(waiting.getAndSet(null)));
            }
        }));
        return property.getReadOnlyProperty();
    }

    @Override
    public synchronized void close() {
        subscriptions.forEach(Signal.Subscription::close);
        subscriptions.clear();
    }
}
