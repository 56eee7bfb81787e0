package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import com.peerllm.host.settings.WishedSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Changes the settings of a data folder: itself when nobody uses the folder, else by asking the program that does. */
final class SettingsChange {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long STEP_MILLIS = 50;

    private final AppFolders folders;
    private final InstantSource clock;
    private final Duration patience;

    /** @param patience with the running program, which looks each second */
    SettingsChange(AppFolders folders, InstantSource clock, Duration patience) {
        this.folders = folders;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The settings after the change; they are on disk.
     *
     * @throws HostException when the running program does not take them over
     */
    HostSettings make(Function<HostSettings, SettingsWish> change) {
        Optional<InstanceLock> lock = InstanceLock.tryTake(folders);
        if (lock.isEmpty()) return ask(change);
        try (var _ = lock.get()) {
            SettingsStore settings = settings();
            settings.update(before -> change.apply(before).on(before));
            return settings.current().get();
        }
    }

    private HostSettings ask(Function<HostSettings, SettingsWish> change) {
        HostSettings before = settings().current().get();
        SettingsWish next = change.apply(before);
        WishedSettings wish = new WishedSettings(folders.wishedSettings());
        wish.leave(next);
        if (await(patience, () -> !wish.waiting())) return next.on(before);
        wish.takeBack();
        throw new HostException(
                Problem.DATA_FOLDER_IN_USE,
                "The program that uses the data folder did not take the change over within " + patience.toSeconds()
                        + " seconds; the settings are as before. If it is another command, try again when it is done.");
    }

    /** @return whether it came to be so within that time */
    boolean await(Duration atMost, BooleanSupplier so) {
        Instant end = clock.instant().plus(atMost);
        while (!so.getAsBoolean()) {
            if (clock.instant().isAfter(end)) return false;
            pause();
        }
        return true;
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
