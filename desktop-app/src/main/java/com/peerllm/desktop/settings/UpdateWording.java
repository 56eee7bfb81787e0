package com.peerllm.desktop.settings;

import com.peerllm.desktop.settings.UpdateFace.Action;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.host.update.Release;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.Way;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** Says where the program stands with newer versions of itself. Pure but for the time of day. */
final class UpdateWording {
    private final Messages messages;
    private final Numbers numbers;
    private final Times times;
    private final InstantSource clock;

    UpdateWording(Messages messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
        numbers = new Numbers(messages.locale());
        times = new Times(messages.locale(), ZoneId.systemDefault());
    }

    UpdateFace face(UpdateState state) {
        return switch (state) {
            case UpdateState.NoAddress _ -> plain(messages.text("settings.update.noAddress"), Optional.empty());
            case UpdateState.NotLooked _ -> plain(messages.text("settings.update.notLooked"), Optional.of(Action.LOOK));
            case UpdateState.Looking _ -> plain(messages.text("settings.update.looking"), Optional.empty());
            case UpdateState.UpToDate now ->
                plain(
                        messages.text("settings.update.upToDate", times.near(now.lookedAt(), clock.instant())),
                        Optional.of(Action.LOOK));
            case UpdateState.Refused refused -> plain(refused.sentence(), Optional.of(Action.LOOK));
            case UpdateState.Unreachable gone -> plain(gone.sentence(), Optional.of(Action.LOOK));
            case UpdateState.Available available -> available(available);
            case UpdateState.Waiting waiting ->
                of(
                        waiting.release(),
                        messages.text("settings.update.waiting", version(waiting.release()), waiting.why()),
                        Optional.empty(),
                        true);
            case UpdateState.Downloading coming -> downloading(coming);
            case UpdateState.Staged staged -> staged(staged);
            case UpdateState.Installing now ->
                of(
                        now.release(),
                        messages.text("settings.update.installing", version(now.release())),
                        Optional.empty(),
                        false);
            case UpdateState.Applied now ->
                of(
                        now.release(),
                        messages.text("settings.update.applied", version(now.release())),
                        Optional.of(Action.RESTART),
                        false);
            case UpdateState.Failed failed -> of(failed.release(), failed.sentence(), Optional.of(Action.AGAIN), false);
        };
    }

    private UpdateFace available(UpdateState.Available available) {
        Release release = available.release();
        String there = available.needed()
                ? messages.text("settings.update.available.needed", version(release))
                : messages.text("settings.update.available", version(release));
        String notes =
                release.notes().text().isBlank() ? "" : " " + release.notes().text();
        if (available.file().isEmpty())
            return of(release, there + notes + "\n" + messages.text("settings.update.byHand"), Optional.empty(), false);
        String size = numbers.size(available.file().get().sizeBytes());
        return of(
                release,
                there + notes + "\n" + messages.text("settings.update.size", size),
                Optional.of(Action.DOWNLOAD),
                false);
    }

    private UpdateFace downloading(UpdateState.Downloading coming) {
        UpdateFace face = of(
                coming.release(),
                messages.text(
                        "settings.update.downloading",
                        version(coming.release()),
                        numbers.size(coming.receivedBytes()),
                        numbers.size(coming.totalBytes())),
                Optional.empty(),
                true);
        double share = (double) coming.receivedBytes() / coming.totalBytes();
        return new UpdateFace(face.line(), Optional.of(share), face.action(), true, face.notes(), face.notice());
    }

    private UpdateFace staged(UpdateState.Staged staged) {
        Release release = staged.release();
        return switch (staged.way()) {
            case Way.Switch _ ->
                of(
                        release,
                        messages.text("settings.update.staged", version(release)),
                        Optional.of(Action.RESTART),
                        false);
            case Way.Command command ->
                command.byPerson()
                        ? of(
                                release,
                                messages.text("settings.update.staged.command", version(release), command.line()),
                                Optional.empty(),
                                false)
                        : of(
                                release,
                                messages.text("settings.update.staged.system", version(release)),
                                Optional.of(Action.INSTALL),
                                false);
        };
    }

    private static UpdateFace plain(String line, Optional<Action> action) {
        return new UpdateFace(line, Optional.empty(), action, false, Optional.empty(), Optional.empty());
    }

    private UpdateFace of(Release release, String line, Optional<Action> action, boolean cancels) {
        return new UpdateFace(
                line,
                Optional.empty(),
                action,
                cancels,
                release.notes().page(),
                Optional.of(messages.text("shell.update", version(release))));
    }

    private static String version(Release release) {
        return release.version().toString();
    }
}
