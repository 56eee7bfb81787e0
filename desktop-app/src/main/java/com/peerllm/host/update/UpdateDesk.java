package com.peerllm.host.update;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.FetchParts;
import com.peerllm.host.modelstore.FileFetch;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.platform.OtherProgram;
import com.peerllm.host.platform.sensors.Programs;
import com.peerllm.host.published.LastLook;
import com.peerllm.host.published.SignedFile;
import com.peerllm.host.published.SignedSource;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The steps from looking for a newer version to using it, each by itself and on the thread of its caller: the window, the
 * command line and the daily look take them in their own order. What is known lies in the data folder, so that another
 * program, or the next start, goes on with it.
 */
public final class UpdateDesk {
    private final Optional<UpdateSource> source;
    private final Installation here;
    private final UpdateFolder folder;
    private final LastLook last;
    private final Parts parts;

    /**
     * What the steps need of the world.
     *
     * @param hasWindow whether the system can ask the person for rights in a window of its own
     */
    public record Parts(
            FetchParts fetch, Programs programs, boolean hasWindow, InstantSource clock, RandomGenerator random) {}

    /** @param source nothing when this build has no address for updates */
    public UpdateDesk(AppFolders folders, Optional<UpdateSource> source, Installation here, Parts parts) {
        this.source = source;
        this.here = here;
        this.parts = parts;
        folder = new UpdateFolder(folders.update());
        last = new LastLook(folder.looked(), parts.clock());
    }

    public boolean hasAddress() {
        return source.isPresent();
    }

    public LastLook last() {
        return last;
    }

    /** What is known without asking anybody. */
    public UpdateState known() {
        if (source.isEmpty()) return new UpdateState.NoAddress();
        return taken(source.get())
                .map(release -> UpdateRules.judge(
                        release, here, Optional.empty(), parts.clock().instant()))
                .map(this::shown)
                .filter(state -> !(state instanceof UpdateState.Refused))
                .orElseGet(UpdateState.NotLooked::new);
    }

    /** The last manifest that was taken, if it still holds. */
    private Optional<Release> taken(UpdateSource from) {
        try {
            return folder.manifest().map(file -> ReleaseManifest.verified(file, from.key()));
        } catch (InvalidRelease e) {
            return Optional.empty();
        }
    }

    /** Asks at the address. */
    public UpdateState look() {
        if (source.isEmpty()) return new UpdateState.NoAddress();
        UpdateSource from = source.get();
        try {
            SignedFile file = new SignedSource(parts.fetch().http(), from.manifest()).fetch();
            Release release = ReleaseManifest.verified(file, from.key());
            Optional<Instant> seen = taken(from).map(Release::publishedAt);
            UpdateRules.Verdict verdict =
                    UpdateRules.judge(release, here, seen, parts.clock().instant());
            if (!(verdict instanceof UpdateRules.Verdict.Refused)) {
                folder.keep(file);
                last.wentWell();
            }
            return shown(verdict);
        } catch (InvalidRelease e) {
            return new UpdateState.Refused("The list of versions at " + from.manifest() + " is not taken: "
                    + e.getMessage() + ". Nothing was changed; try again later.");
        } catch (HostException e) {
            return new UpdateState.Unreachable(e.sentence());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UpdateState shown(UpdateRules.Verdict verdict) {
        return switch (verdict) {
            case UpdateRules.Verdict.Newest _ ->
                new UpdateState.UpToDate(last.at().orElse(parts.clock().instant()));
            case UpdateRules.Verdict.Refused(String sentence) -> new UpdateState.Refused(sentence);
            case UpdateRules.Verdict.Newer(Release release, Optional<ReleaseFile> file, boolean needed) ->
                file.flatMap(one -> ready(release, one))
                        .orElseGet(() -> new UpdateState.Available(release, file, needed));
        };
    }

    /** When it was brought here before. */
    private Optional<UpdateState> ready(Release release, ReleaseFile file) {
        if (here.how() instanceof Installation.How.Unpacked(Path root)) {
            InstalledVersions versions = new InstalledVersions(root);
            if (!versions.has(release.version())) return Optional.empty();
            return Optional.of(
                    starts(versions, release.version())
                            ? new UpdateState.Applied(release)
                            : new UpdateState.Staged(release, file, new Way.Switch()));
        }
        if (!folder.has(file)) return Optional.empty();
        return Optional.of(new UpdateState.Staged(release, file, installers().command(file.kind(), folder.file(file))));
    }

    private static boolean starts(InstalledVersions versions, Version version) {
        try {
            return versions.current().filter(version::equals).isPresent();
        } catch (IOException e) {
            throw new HostException(
                    Problem.UPDATE,
                    "The installation of PeerLLM is damaged: its link current cannot be read. Install it again.",
                    e);
        }
    }

    private SystemInstallers installers() {
        return new SystemInstallers(parts.programs(), parts.hasWindow());
    }

    /**
     * Fetches a version, proves it and puts it where it can come into use. What was received before is gone on with.
     *
     * @param progress told how far it is
     * @throws HostException with why not; this version stays as it is
     * @throws CancellationException when it is cancelled; what was received stays
     */
    public UpdateState stage(
            Release release, ReleaseFile file, Consumer<UpdateState> progress, Cancellation cancellation) {
        UpdateSource from = source.orElseThrow();
        refuseWithoutRights();
        try (InstanceLock _ = locked()) {
            folder.prepare(Optional.of(file));
            FileFetch.Order order = new FileFetch.Order(
                    ReleaseRules.address(from.manifest(), file), folder.file(file), file.sizeBytes(), file.sha256());
            if (!folder.has(file))
                new FileFetch(parts.fetch(), parts.random())
                        .fetch(
                                order,
                                received -> progress.accept(
                                        new UpdateState.Downloading(release, received, file.sizeBytes())),
                                cancellation);
            if (here.how() instanceof Installation.How.Unpacked(Path root)) {
                prove(file);
                new InstalledVersions(root).unpack(folder.file(file), release.version(), cancellation);
                Files.deleteIfExists(folder.file(file));
            }
            return ready(release, file).orElseThrow();
        } catch (IOException e) {
            throw unwritable(e);
        } catch (InvalidRelease e) {
            throw new HostException(Problem.UPDATE, "The update is not taken: " + e.getMessage() + ".", e);
        }
    }

    private void refuseWithoutRights() {
        if (here.how() instanceof Installation.How.Unpacked(Path root) && !new InstalledVersions(root).mayChange())
            throw new HostException(
                    Problem.UPDATE,
                    "You may not change the folder " + root
                            + ", where PeerLLM is installed. Ask its owner to update it, or install PeerLLM in a folder of yours.");
    }

    /** A file of the person can be changed by any program of the person, also after it was received. */
    private void prove(ReleaseFile file) throws IOException {
        ModelDigest got = ModelDigest.of(Sha256.of(Files.readAllBytes(folder.file(file))));
        if (got.equals(file.sha256())) return;
        Files.delete(folder.file(file));
        throw new HostException(
                Problem.UPDATE,
                "The file " + file.name()
                        + " is not the one that was proven when it was received. It was deleted; download it again.");
    }

    /**
     * Brings a staged version into use. Takes moments, or as long as the system installs it.
     *
     * @return {@link UpdateState.Applied}, or the same when only a person can do it, in a terminal
     * @throws HostException with why not; this version stays as it is
     * @throws CancellationException when it is cancelled; what the system installs then goes on without us
     */
    public UpdateState apply(UpdateState.Staged staged, Cancellation cancellation) {
        try (InstanceLock _ = locked()) {
            switch (staged.way()) {
                case Way.Switch _ -> switchTo(staged.release().version());
                case Way.Command command -> {
                    prove(staged.file());
                    if (command.byPerson()) return staged;
                    run(command, cancellation);
                }
            }
            return new UpdateState.Applied(staged.release());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void switchTo(Version version) throws IOException {
        if (!(here.how() instanceof Installation.How.Unpacked(Path root)))
            throw new IllegalStateException("Only an unpacked program is switched");
        new InstalledVersions(root).switchTo(version, here.version());
    }

    private static void run(Way.Command command, Cancellation cancellation) {
        try {
            Process installer = OtherProgram.of(command.words())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = exitCode(installer, cancellation);
            if (code != 0) throw notInstalled(command, "ended with " + code, null);
        } catch (IOException e) {
            throw notInstalled(command, "could not be started", e);
        }
    }

    /** A person may let the system's question for the password stand for hours. */
    private static int exitCode(Process installer, Cancellation cancellation) {
        CompletableFuture<Integer> code = installer.onExit().thenApply(Process::exitValue);
        try (Signal.Subscription _ = cancellation.onCancel(() -> code.cancel(false))) {
            return code.join();
        }
    }

    private static HostException notInstalled(Way.Command command, String how, Exception cause) {
        return new HostException(
                Problem.UPDATE,
                "The update was not installed: the system’s installer " + how + ". Try again, or run in a terminal: "
                        + command.line(),
                cause);
    }

    private InstanceLock locked() {
        return InstanceLock.tryTake(folder.lock())
                .orElseThrow(() -> new HostException(
                        Problem.UPDATE,
                        "Another PeerLLM program of this data folder is updating. Wait for it, then try again."));
    }

    private static HostException unwritable(IOException e) {
        return new HostException(
                Problem.UPDATE,
                "The update cannot be written: " + e.getMessage()
                        + ". Check the free disk space and the permissions, then try again; this version stays as it is.",
                e);
    }

    /** Removes packages that were installed; to be called when the program has started. */
    public void tidy() {
        if (known() instanceof UpdateState.UpToDate
                && Files.isDirectory(folder.looked().getParent())) {
            try {
                folder.prepare(Optional.empty());
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }
}
