package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.settings.SharingRules;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves rules in the background, one after another and only the latest of those that wait, so that quick changes neither overtake
 * each other nor fill the disk with work. Belongs to the thread of the screens.
 */
final class RulesSaving {
    private static final Logger log = LoggerFactory.getLogger(RulesSaving.class);

    private final Executor fxThread;
    private final Executor background;
    private final Messages messages;
    private final Consumer<SharingRules> save;
    private final ReadOnlyObjectWrapper<Optional<String>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());

    private boolean saving;
    private Optional<SharingRules> waiting = Optional.empty();

    RulesSaving(Executor fxThread, Executor background, Messages messages, Consumer<SharingRules> save) {
        this.fxThread = fxThread;
        this.background = background;
        this.messages = messages;
        this.save = save;
    }

    /** Why the last rules could not be saved. */
    ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Whether what the settings say is older than what the person chose. */
    boolean isBusy() {
        return saving;
    }

    void save(SharingRules rules) {
        if (saving) {
            waiting = Optional.of(rules);
            return;
        }
        saving = true;
        background.execute(() -> {
            Optional<String> failure = failureOf(rules);
            fxThread.execute(() -> saved(failure));
        });
    }

    private void saved(Optional<String> failure) {
        saving = false;
        trouble.set(failure);
        Optional<SharingRules> next = waiting;
        waiting = Optional.empty();
        next.ifPresent(this::save);
    }

    private Optional<String> failureOf(SharingRules rules) {
        try {
            save.accept(rules);
            return Optional.empty();
        } catch (HostException e) {
            log.warn("The rules could not be saved: {}", e.problem());
            return Optional.of(ProblemWording.of(e, messages));
        } catch (RuntimeException e) {
            log.error("The rules could not be saved", e);
            return Optional.of(messages.text("rules.unexpected"));
        }
    }
}
