package com.peerllm.desktop.toolkit;

import com.peerllm.host.kernel.HostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person asked for and what takes its time: done in the background, with whether it is still being done and why the
 * last time failed. A newer one is heard instead of an older. Belongs to the thread of the screens.
 */
public final class Errand {
    private static final Logger log = LoggerFactory.getLogger(Errand.class);

    private final Workbench bench;
    private final Messages messages;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<String>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private int turns;

    public Errand(Workbench bench) {
        this.bench = bench;
        this.messages = bench.messages();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The sentence with which the last one failed, for a {@code TroubleLine}; empty when it went well. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Does it in the background. */
    public void run(Runnable work) {
        run(work, () -> {});
    }

    /** @param undo called when it failed or was cancelled, unless a newer errand was begun */
    public void run(Runnable work, Runnable undo) {
        begin(
                () -> {
                    work.run();
                    return true;
                },
                outcome -> {
                    if (outcome.value().isEmpty()) undo.run();
                });
    }

    /**
     * Does it in the background and hands over what came of it.
     *
     * @param then called on the thread of the screens, not after a failure and not when a newer errand was begun
     */
    public <T> void ask(Supplier<T> work, Consumer<T> then) {
        begin(work, outcome -> outcome.value().ifPresent(then));
    }

    private <T> void begin(Supplier<T> work, Consumer<Outcome<T>> then) {
        int mine = ++turns;
        busy.set(true);
        trouble.set(Optional.empty());
        bench.background().execute(() -> {
            Outcome<T> outcome = outcome(work);
            bench.fxThread().execute(() -> {
                if (mine != turns) return;
                busy.set(false);
                trouble.set(outcome.trouble());
                then.accept(outcome);
            });
        });
    }

    /** Says why something was not even begun. */
    public void refuse(String sentence) {
        turns++;
        busy.set(false);
        trouble.set(Optional.of(sentence));
    }

    /** Forgets the last failure. */
    public void forget() {
        trouble.set(Optional.empty());
    }

    private record Outcome<T>(Optional<T> value, Optional<String> trouble) {}

    private <T> Outcome<T> outcome(Supplier<T> work) {
        try {
            return new Outcome<>(Optional.of(work.get()), Optional.empty());
        } catch (CancellationException e) {
            log.debug("Cancelled by the person", e);
            return new Outcome<>(Optional.empty(), Optional.empty());
        } catch (HostException e) {
            log.warn("What the person asked for could not be done: {}", e.problem());
            return new Outcome<>(Optional.empty(), Optional.of(ProblemWording.of(e, messages)));
        } catch (RuntimeException e) {
            log.error("What the person asked for could not be done", e);
            String kind = e.getClass().getSimpleName();
            return new Outcome<>(Optional.empty(), Optional.of(messages.text("shell.trouble.unexpected", kind)));
        }
    }
}
