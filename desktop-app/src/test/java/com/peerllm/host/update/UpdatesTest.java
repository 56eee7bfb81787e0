package com.peerllm.host.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.modelstore.Disk;
import com.peerllm.host.modelstore.DownloadParts;
import com.peerllm.host.modelstore.FetchParts;
import com.peerllm.host.modelstore.MisbehavingHub;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.sensors.Programs;
import com.peerllm.host.published.PublishingServer;
import com.peerllm.host.update.Installation.How;
import com.peerllm.shared.identity.PeerIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Updates inside a program that answers and downloads. */
@Timeout(60)
class UpdatesTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private final PeerIdentity maintainer = PeerIdentity.generate();
    private final PublishingServer server = new PublishingServer();
    private final HandAlarms alarms = new HandAlarms();
    private final AtomicReference<Optional<String>> busy = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final byte[] tarGz = SomeRelease.tarGz("1.1.0");

    @TempDir
    Path folder;

    private MisbehavingHub hub;
    private Path root;
    private Updates updates;

    @BeforeEach
    void open() throws Exception {
        hub = new MisbehavingHub(tarGz);
        root = SomeRelease.installed(folder, "1.0.0");
        publish();
        UpdateDesk desk = new UpdateDesk(
                new AppFolders(folder.resolve("data")),
                Optional.of(new UpdateSource(server.address("release.json"), maintainer.publicKey())),
                SomeRelease.installed("1.0.0", new How.Unpacked(root)),
                new UpdateDesk.Parts(
                        new FetchParts(
                                DownloadParts.http(Duration.ofSeconds(5)),
                                Disk.REAL,
                                OptionalLong::empty,
                                () -> SomeRelease.THEN),
                        new Programs(List.of()),
                        false,
                        () -> SomeRelease.THEN,
                        new Random(1)));
        updates = new Updates(
                desk,
                busy::get,
                wanted::get,
                alarms,
                new Random(1),
                Thread.ofPlatform().daemon().factory());
        updates.start();
    }

    private void publish() {
        server.publish(
                "release.json",
                ReleaseManifest.signed(
                        SomeRelease.of(
                                "1.1.0",
                                SomeRelease.file(
                                        PackageKind.TAR_GZ,
                                        hub.address("peerllm-1.1.0.tar.gz").toString(),
                                        tarGz)),
                        maintainer));
    }

    @AfterEach
    void close() {
        updates.stop();
        hub.close();
        server.close();
    }

    @Test
    void neitherADownloadNorARestartBeginsDuringAJob() throws Exception {
        updates.look();
        until(UpdateState.Available.class);
        busy.set(Optional.of("An answer is being made."));
        updates.download();
        assertThat(until(UpdateState.Waiting.class).why()).isEqualTo("An answer is being made.");
        alarms.advance(SOON);
        until(UpdateState.Waiting.class);
        assertThat(hub.asked).isEmpty();

        busy.set(Optional.empty());
        passUntil(UpdateState.Staged.class);

        busy.set(Optional.of("A model is being downloaded."));
        CompletableFuture<Boolean> restarted = new CompletableFuture<>();
        updates.apply(() -> restarted.complete(true));
        assertThat(until(UpdateState.Waiting.class).why()).isEqualTo("A model is being downloaded.");
        assertThat(starts()).isEqualTo("1.0.0");
        busy.set(Optional.empty());
        passUntil(UpdateState.Applied.class);
        assertThat(restarted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(starts()).isEqualTo("1.1.0");
    }

    @Test
    void waitingAndDownloadingCanBeCancelled() throws Exception {
        updates.look();
        until(UpdateState.Available.class);
        busy.set(Optional.of("An answer is being made."));
        updates.download();
        until(UpdateState.Waiting.class);
        updates.cancel();
        until(UpdateState.Available.class);

        busy.set(Optional.empty());
        hub.next(hub.stall(2_000));
        updates.download();
        Awaitility.await().until(() -> !hub.asked.isEmpty());
        updates.cancel();
        until(UpdateState.Available.class);
        updates.download();
        until(UpdateState.Staged.class);
    }

    @Test
    void aVersionThatIsReadyStartsTheNextTimeHoweverTheProgramEnds() throws Exception {
        updates.look();
        until(UpdateState.Available.class);
        updates.download();
        until(UpdateState.Staged.class);
        updates.stop();
        assertThat(starts()).isEqualTo("1.1.0");
    }

    @Test
    void itLooksByItselfUnlessThePersonDoesNotWantIt() throws Exception {
        wanted.set(false);
        alarms.advance(Duration.ofHours(3));
        assertThat(server.asked("release.json")).isZero();
        wanted.set(true);
        alarms.advance(Duration.ofHours(2));
        until(UpdateState.Available.class);
    }

    @Test
    void aServerThatIsGoneDoesNotMakeItForgetWhatIsReady() throws Exception {
        updates.look();
        until(UpdateState.Available.class);
        updates.download();
        until(UpdateState.Staged.class);
        server.remove("release.json");
        updates.look();
        Awaitility.await().until(() -> server.asked("release.json") == 2);
        until(UpdateState.Staged.class);
    }

    /** The alarm for the next look whether it is free is set on another thread. */
    private void passUntil(Class<? extends UpdateState> wanted) {
        Awaitility.await().until(() -> {
            alarms.advance(SOON);
            return wanted.isInstance(updates.state().get());
        });
    }

    private String starts() throws Exception {
        return root.resolve("current").toRealPath().getFileName().toString();
    }

    private <S extends UpdateState> S until(Class<S> wanted) throws Exception {
        CompletableFuture<S> seen = new CompletableFuture<>();
        try (var _ = updates.state().subscribe(state -> {
            if (wanted.isInstance(state)) seen.complete(wanted.cast(state));
        })) {
            return seen.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("Stands at " + updates.state().get(), e);
        }
    }
}
