package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFacts.Switching;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.host.kernel.HostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops sharing in the background, and remembers why the last time failed. Belongs to the thread of the screens. */
final class SharingSwitch {
    private static final Logger log = LoggerFactory.getLogger(SharingSwitch.class);

    private final Executor fxThread;
    private final Executor background;
    private final Messages messages;
    private final Runnable changed;

    private Switching switching = Switching.NO;
    private Optional<String> trouble = Optional.empty();
    private int turns;

    /** @param changed told after each change of what follows */
    SharingSwitch(Executor fxThread, Executor background, Messages messages, Runnable changed) {
        this.fxThread = fxThread;
        this.background = background;
        this.messages = messages;
        this.changed = changed;
    }

    Switching switching() {
        return switching;
    }

    /** The sentence with which the last start or stop failed. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Begins a start or a stop; one that is still on its way is not heard any more. */
    void turn(Switching to, Runnable action) {
        switching = to;
        trouble = Optional.empty();
        int mine = ++turns;
        changed.run();
        background.execute(() -> {
            Optional<String> failure = failureOf(action);
            fxThread.execute(() -> {
                if (mine == turns) end(failure);
            });
        });
    }

    /** A start that was not even begun. */
    void refuse(String sentence) {
        end(Optional.of(sentence));
    }

    private void end(Optional<String> failure) {
        switching = Switching.NO;
        trouble = failure;
        changed.run();
    }

    private Optional<String> failureOf(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (CancellationException e) {
            log.info("A start of sharing was cancelled");
            return Optional.empty();
        } catch (HostException e) {
            log.warn("Sharing could not be started or stopped: {}", e.problem());
            return Optional.of(ProblemWording.of(e, messages));
        } catch (RuntimeException e) {
            log.error("Sharing could not be started or stopped", e);
            return Optional.of(messages.text("home.status.unexpected"));
        }
    }
}
