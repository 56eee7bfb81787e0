package com.peerllm.host.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.Disk;
import com.peerllm.host.modelstore.DownloadParts;
import com.peerllm.host.modelstore.FetchParts;
import com.peerllm.host.modelstore.MisbehavingHub;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.platform.sensors.Programs;
import com.peerllm.host.published.PublishingServer;
import com.peerllm.host.published.SignedFile;
import com.peerllm.host.update.Installation.How;
import com.peerllm.shared.identity.PeerIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a look to the next start, with a server for the manifest and one that misbehaves for the files. */
@Timeout(60)
class UpdateDeskTest {
    private static final String FILE = "peerllm-1.1.0-linux-x64.tar.gz";
    private final PeerIdentity maintainer = PeerIdentity.generate();
    private final AtomicReference<Instant> now = new AtomicReference<>(SomeRelease.THEN.plus(Duration.ofDays(3)));
    private final PublishingServer server = new PublishingServer();
    private final byte[] tarGz = SomeRelease.tarGz("1.1.0");

    @TempDir
    Path folder;

    private MisbehavingHub hub;
    private AppFolders folders;
    private Path root;
    private UpdateDesk desk;
    private Release release;

    @BeforeEach
    void aProgramThatWasUnpacked() throws Exception {
        hub = new MisbehavingHub(tarGz);
        folders = new AppFolders(folder.resolve("data"));
        root = SomeRelease.installed(folder, "1.0.0");
        desk = desk(SomeRelease.installed("1.0.0", new How.Unpacked(root)));
        release = SomeRelease.of(
                "1.1.0", SomeRelease.file(PackageKind.TAR_GZ, hub.address(FILE).toString(), tarGz));
        server.publish("release.json", ReleaseManifest.signed(release, maintainer));
    }

    private UpdateDesk desk(Installation here) {
        return new UpdateDesk(
                folders,
                Optional.of(new UpdateSource(server.address("release.json"), maintainer.publicKey())),
                here,
                new UpdateDesk.Parts(
                        new FetchParts(
                                DownloadParts.http(Duration.ofSeconds(5)), Disk.REAL, OptionalLong::empty, now::get),
                        new Programs(List.of(folder.resolve("bin"))),
                        true,
                        now::get,
                        new Random(1)));
    }

    @AfterEach
    void close() {
        hub.close();
        server.close();
    }

    @Test
    void aNewerVersionIsFoundFetchedAndStartsTheNextTime() throws Exception {
        assertThat(desk.known()).isEqualTo(new UpdateState.NotLooked());
        UpdateState.Available available = (UpdateState.Available) desk.look();
        assertThat(available.release()).isEqualTo(release);

        UpdateState staged = stage(available);
        assertThat(staged)
                .isEqualTo(new UpdateState.Staged(release, release.files().getFirst(), new Way.Switch()));
        assertThat(desk.known()).isEqualTo(staged);
        assertThat(root.resolve("current/bin/PeerLLM")).content().contains("1.0.0");

        assertThat(desk.apply((UpdateState.Staged) staged, new Cancellation()))
                .isEqualTo(new UpdateState.Applied(release));
        assertThat(root.resolve("current/bin/PeerLLM")).content().contains("1.1.0");
        assertThat(desk.known()).isEqualTo(new UpdateState.Applied(release));
        assertThat(desk.look()).isEqualTo(new UpdateState.Applied(release));
        assertThat(desk(SomeRelease.installed("1.1.0", new How.Unpacked(root))).known())
                .isEqualTo(new UpdateState.UpToDate(now.get()));
    }

    @Test
    void aConnectionThatBreaksIsGoneOnWithAlsoAfterACancel() {
        Cancellation cancellation = new Cancellation();
        hub.next(hub.cut(4_000), hub.stall(3_000));
        UpdateState.Available available = (UpdateState.Available) desk.look();
        assertThatThrownBy(() -> desk.stage(
                        release,
                        available.file().orElseThrow(),
                        state -> {
                            if (((UpdateState.Downloading) state).receivedBytes() >= 7_000) cancellation.cancel();
                        },
                        cancellation))
                .isInstanceOf(CancellationException.class);

        assertThat(stage(available)).isInstanceOf(UpdateState.Staged.class);
        assertThat(hub.asked)
                .extracting(MisbehavingHub.Asked::range)
                .containsExactly(Optional.empty(), Optional.of("bytes=4000-"), Optional.of("bytes=7000-"));
    }

    @Test
    void aFileThatWasReplacedOrIsOfAnotherSizeIsNotTaken() {
        UpdateState.Available available = (UpdateState.Available) desk.look();
        byte[] evil = tarGz.clone();
        evil[evil.length / 2] ^= 1;
        hub.change(evil, "\"two\"");
        assertThatThrownBy(() -> stage(available))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("is not the file that was ordered: its SHA-256")
                .hasMessageContaining("It was deleted.");

        hub.change(SomeRelease.tarGz("6.6.6"), "\"three\"");
        assertThatThrownBy(() -> stage(available)).hasMessageContaining("is not the one that was ordered: it has");

        assertThat(folders.update()).isDirectoryNotContaining("glob:**" + FILE);
        assertThat(desk.known()).isEqualTo(available);
        assertThat(root.resolve("versions")).isDirectoryNotContaining("glob:**1.1.0");
    }

    @Test
    void aTamperedManifestOneOfAnotherKeyADowngradeAndAStaleOneAreRefusedAndChangeNothing() {
        SignedFile signed = ReleaseManifest.signed(release, maintainer);
        server.publish(
                "release.json",
                new SignedFile(
                        new String(signed.content(), StandardCharsets.UTF_8)
                                .replace("1.1.0", "1.1.9")
                                .getBytes(StandardCharsets.UTF_8),
                        signed.signature()));
        assertThat(refusal(desk.look())).contains("is not taken: its signature is not that of the PeerLLM maintainers");

        server.publish("release.json", ReleaseManifest.signed(release, PeerIdentity.generate()));
        assertThat(refusal(desk.look())).contains("is not that of the PeerLLM maintainers");

        server.publish("release.json", ReleaseManifest.signed(SomeRelease.of("0.9.0"), maintainer));
        assertThat(refusal(desk.look())).contains("an older version is never taken");

        server.publish("release.json", signed);
        now.set(release.expiresAt());
        assertThat(refusal(desk.look())).contains("ran out");

        assertThat(desk.known()).isEqualTo(new UpdateState.NotLooked());
        assertThat(folders.update()).doesNotExist();
    }

    @Test
    void anOlderManifestThanOneThatWasSeenIsRefused() {
        Release newer = new Release(
                1,
                Version.of("1.2.0"),
                release.publishedAt().plusSeconds(60),
                release.expiresAt(),
                release.notes(),
                release.oldestSupported(),
                release.files());
        server.publish("release.json", ReleaseManifest.signed(newer, maintainer));
        assertThat(desk.look()).isInstanceOf(UpdateState.Available.class);

        server.publish("release.json", ReleaseManifest.signed(release, maintainer));
        assertThat(refusal(desk.look())).contains("went back in time");
        assertThat(((UpdateState.Available) desk.known()).release()).isEqualTo(newer);
    }

    @Test
    void aServerThatDoesNotAnswerIsToldAndWhatIsKnownStays() {
        desk.look();
        server.remove("release.json");
        assertThat(desk.look())
                .isEqualTo(new UpdateState.Unreachable(
                        "The server at " + server.address("release.json") + " answers with HTTP 404."));
        assertThat(desk.known()).isInstanceOf(UpdateState.Available.class);
    }

    @Test
    void aPackageOfTheSystemIsStagedAndItsCommandToldOrRun() throws Exception {
        byte[] deb = "a package".getBytes(StandardCharsets.UTF_8);
        hub.change(deb, "\"deb\"");
        ReleaseFile file = SomeRelease.file(
                PackageKind.DEB, hub.address("peerllm_1.1.0_amd64.deb").toString(), deb);
        release = SomeRelease.of("1.1.0", file);
        server.publish("release.json", ReleaseManifest.signed(release, maintainer));
        desk = desk(SomeRelease.installed("1.0.0", new How.BySystem(PackageKind.DEB)));
        Path kept = folders.update().resolve("peerllm_1.1.0_amd64.deb");

        UpdateState.Staged staged = (UpdateState.Staged) stage((UpdateState.Available) desk.look());
        assertThat(staged.way())
                .isEqualTo(new Way.Command(kept, List.of("sudo", "apt-get", "install", "-y", kept.toString()), true));
        assertThat(desk.apply(staged, new Cancellation())).isEqualTo(staged);

        Path said = folder.resolve("said");
        Path pkexec = Files.createDirectories(folder.resolve("bin")).resolve("pkexec");
        Files.writeString(pkexec, "#!/bin/sh\necho \"$@\" > '" + said + "'\n");
        assertThat(pkexec.toFile().setExecutable(true)).isTrue();
        UpdateState.Staged now = (UpdateState.Staged) desk.known();
        assertThat(desk.apply(now, new Cancellation())).isEqualTo(new UpdateState.Applied(release));
        assertThat(said).hasContent("apt-get install -y " + kept);

        Files.writeString(pkexec, "#!/bin/sh\nexec sleep 60\n");
        Cancellation leaving = new Cancellation();
        Thread.ofVirtual().start(leaving::cancel);
        assertThatThrownBy(() -> desk.apply(now, leaving)).isInstanceOf(CancellationException.class);

        Files.write(kept, "a Package".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> desk.apply(now, new Cancellation()))
                .hasMessageContaining("is not the one that was proven");
        assertThat(kept).doesNotExist();
    }

    @Test
    void twoProgramsDoNotUpdateAtOnce() throws Exception {
        UpdateState.Available available = (UpdateState.Available) desk.look();
        try (InstanceLock _ =
                InstanceLock.tryTake(folders.update().resolve("lock")).orElseThrow()) {
            assertThatThrownBy(() -> stage(available)).hasMessageContaining("Another PeerLLM program");
        }
        assertThat(stage(available)).isInstanceOf(UpdateState.Staged.class);
    }

    @Test
    void aProgramThatWasBuiltHereIsToldTheVersionAndNothingElse() {
        UpdateState.Available told = (UpdateState.Available)
                desk(SomeRelease.installed("1.0.0", new How.ByHand())).look();
        assertThat(told.release().version()).hasToString("1.1.0");
        assertThat(told.file()).isEmpty();
    }

    private UpdateState stage(UpdateState.Available available) {
        return desk.stage(available.release(), available.file().orElseThrow(), state -> {}, new Cancellation());
    }

    private static String refusal(UpdateState state) {
        return ((UpdateState.Refused) state).sentence();
    }
}
