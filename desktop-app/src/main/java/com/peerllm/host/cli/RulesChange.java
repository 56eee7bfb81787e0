package com.peerllm.host.cli;

import com.peerllm.host.availability.WishedRules;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SharingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/** Changes the rules of a data folder: itself when nobody uses the folder, else by asking the program that does. */
final class RulesChange {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long STEP_MILLIS = 50;

    private final AppFolders folders;
    private final InstantSource clock;
    private final Duration patience;

    /** @param patience with the running program, which looks each second */
    RulesChange(AppFolders folders, InstantSource clock, Duration patience) {
        this.folders = folders;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The rules after the change; they are on disk.
     *
     * @throws HostException when the running program does not take them over
     */
    SharingRules make(UnaryOperator<SharingRules> change) {
        Optional<InstanceLock> lock = InstanceLock.tryTake(folders);
        if (lock.isEmpty()) return ask(change);
        try (var _ = lock.get()) {
            SettingsStore settings = settings();
            settings.update(
                    before -> before.edit().rules(change.apply(before.rules())).done());
            return settings.current().get().rules();
        }
    }

    private SharingRules ask(UnaryOperator<SharingRules> change) {
        SharingRules next = change.apply(settings().current().get().rules());
        WishedRules wish = new WishedRules(folders.wishedRules());
        wish.leave(next);
        Instant end = clock.instant().plus(patience);
        while (wish.waiting()) {
            if (clock.instant().isAfter(end)) {
                wish.takeBack();
                throw new HostException(
                        Problem.DATA_FOLDER_IN_USE,
                        "The program that uses the data folder did not take the rules over within "
                                + patience.toSeconds()
                                + " seconds; they are as before. If it is another command, try again when it is done.");
            }
            pause();
        }
        return next;
    }

    private static void pause() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }

    private SettingsStore settings() {
        return new SettingsStore(folders.settings(), clock);
    }
}
