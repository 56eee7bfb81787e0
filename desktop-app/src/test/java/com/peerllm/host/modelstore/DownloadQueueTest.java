package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadQueueTest {
    private static final int SIZE = StarterModel.bytes().length;

    @TempDir
    Path folder;

    private MisbehavingHub hub;
    private DownloadTester tester;

    @BeforeEach
    void open() throws Exception {
        hub = new MisbehavingHub(StarterModel.bytes());
        tester = new DownloadTester(folder);
    }

    @AfterEach
    void close() {
        tester.close();
        hub.close();
    }

    private String fetch() {
        return tester.queue.fetch(DownloadTester.order(hub.address("model.gguf"), hub.digest()));
    }

    @Test
    void aFileIsInTheStoreWhenItIsWholeAndProvenAndNotBefore() throws Exception {
        hub.next(hub.stall(SIZE / 2));
        String id = fetch();
        tester.untilReceived(id, SIZE / 2);

        assertThat(tester.store.list()).isEmpty();
        assertThat(tester.folders.models().resolve("model.gguf")).doesNotExist();
        hub.breakStalled();
        StoredModel model = tester.untilDone(id);

        assertThat(model.digest()).isEqualTo(hub.digest());
        assertThat(model.madeHere()).isTrue();
        assertThat(model.path()).hasBinaryContent(hub.content());
        assertThat(tester.folders.models().toFile().list()).containsExactly("model.gguf");
        assertThat(tester.database.downloads().all()).isEmpty();
    }

    @Test
    void aDigestThatIsNotKnownIsReadFromThePublishersListingAndStands() throws Exception {
        hub.next(hub.stall(1000));
        String id = tester.queue.fetch(DownloadTester.listed(hub.address("q/model.gguf"), hub.listing("q/model.gguf")));
        tester.untilReceived(id, 1000);

        assertThat(tester.database.downloads().all().getFirst().digest()).contains(hub.digest());
        assertThat(tester.shown(id).sizeBytes()).hasValue(SIZE);
        hub.breakStalled();
        assertThat(tester.untilDone(id).digest()).isEqualTo(hub.digest());
    }

    @Test
    void whatNobodyCanProveIsRefused() throws Exception {
        Downloads.Order unproven = new Downloads.Order(
                "model", hub.address("model.gguf"), OptionalLong.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> tester.queue.fetch(unproven)).hasMessageContaining("Give its SHA-256");

        String id = tester.queue.fetch(DownloadTester.listed(hub.address("README.md"), hub.listing("README.md")));
        assertThat(tester.untilFailed(id)).contains("tells no SHA-256 of README.md");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void anAddressThatOthersCouldListenInToIsRefused() {
        assertThatThrownBy(() -> tester.queue.fetch(
                        DownloadTester.order(URI.create("http://models.example/m.gguf"), hub.digest())))
                .hasMessageContaining("not encrypted");
        assertThatThrownBy(() -> tester.queue.fetch(
                        DownloadTester.order(URI.create("https://me:secret@models.example/m.gguf"), hub.digest())))
                .hasMessageContaining("Leave it out");
        assertThatThrownBy(
                        () -> tester.queue.fetch(DownloadTester.order(URI.create("file:///etc/passwd"), hub.digest())))
                .hasMessageContaining("https://");
    }

    @Test
    void goesOnWhereItBrokeAlsoAtAnotherAddressOfTheSameFile() throws Exception {
        hub.next(hub.cut(500_000), MisbehavingHub.status(500), hub.cut(400_000));

        StoredModel model = tester.untilDone(fetch());

        assertThat(model.digest()).isEqualTo(hub.digest());
        assertThat(hub.asked)
                .extracting(asked -> asked.range().orElse(""))
                .startsWith("")
                .hasSize(4);
        assertThat(hub.asked.get(1).range()).isEqualTo(hub.asked.get(2).range());
        assertThat(from(hub.asked.get(3))).isGreaterThan(from(hub.asked.get(2)));
        assertThat(hub.asked.subList(1, 4))
                .allSatisfy(asked -> assertThat(asked.ifRange()).contains("\"one\""));
        assertThat(hub.asked).extracting(MisbehavingHub.Asked::path).doesNotHaveDuplicates();
    }

    private static long from(MisbehavingHub.Asked asked) {
        String range = asked.range().orElseThrow();
        return Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
    }

    @Test
    void aServerThatIgnoresTheRangeIsReadFromTheFirstByteAgain() throws Exception {
        hub.next(hub.cut(500_000), hub.deafToRanges());

        StoredModel model = tester.untilDone(fetch());

        assertThat(model.digest()).isEqualTo(hub.digest());
        assertThat(hub.asked.getLast().range()).isEmpty();
    }

    @Test
    void anotherPartThanWasAskedForIsNotWritten() throws Exception {
        hub.next(hub.cut(500_000), hub.wrongRange(7), hub.wrongRange(500_001));

        assertThat(tester.untilDone(fetch()).digest()).isEqualTo(hub.digest());
        assertThat(from(hub.asked.getLast())).isPositive();
    }

    @Test
    void aFileThatChangedMidwayIsDownloadedAnewAndSaysSo() throws Exception {
        byte[] older = Arrays.copyOf(StarterModel.bytes(), SIZE + 1);
        ModelDigest ordered = hub.digest();
        hub.change(older, "\"older\"");
        hub.next(hub.cut(500_000));
        tester.ringing = false;
        String id = tester.queue.fetch(DownloadTester.order(hub.address("model.gguf"), ordered));
        tester.until(id, each -> each.state() instanceof Download.State.Retrying);
        hub.change(StarterModel.bytes(), "\"one\"");

        tester.queue.resume(id);
        Download said = tester.until(
                id,
                each -> each.state() instanceof Download.State.Retrying(String sentence, Duration _)
                        && sentence.contains("changed"));
        tester.ringing = true;
        tester.queue.resume(id);

        assertThat(said.receivedBytes()).isZero();
        assertThat(tester.untilDone(id).digest()).isEqualTo(ordered);
    }

    @Test
    void aDigestThatAPublisherToldOnceIsHeldAgainstWhatItTellsLater() throws Exception {
        hub.next(hub.cut(500_000));
        tester.ringing = false;
        Downloads.Order order = DownloadTester.listed(hub.address("q/model.gguf"), hub.listing("q/model.gguf"));
        String id = tester.queue.fetch(order);
        tester.until(id, each -> each.state() instanceof Download.State.Retrying);
        hub.change(Arrays.copyOf(StarterModel.bytes(), SIZE + 1), "\"two\"");
        tester.ringing = true;

        tester.queue.resume(id);

        assertThat(tester.untilFailed(id)).contains("not the one that was read first");
    }

    @Test
    void aFileOfAnotherSizeThanWasOrderedIsNotDownloaded() throws Exception {
        Downloads.Order order = new Downloads.Order(
                "model", hub.address("m"), OptionalLong.of(SIZE + 5), Optional.of(hub.digest()), Optional.empty());

        assertThat(tester.untilFailed(tester.queue.fetch(order)))
                .contains(SIZE + " bytes", (SIZE + 5) + " bytes", "Cancel it");
        assertThat(Files.size(tester.part())).isZero();
    }

    @Test
    void aDamagedFileIsDeletedAndNeverInTheStore() throws Exception {
        ModelDigest ordered = new ModelDigest("ab".repeat(32));
        String id = tester.queue.fetch(DownloadTester.order(hub.address("model.gguf"), ordered));

        assertThat(tester.untilFailed(id)).contains("not the file that was ordered", "abababababab", "deleted");
        assertThat(tester.store.list()).isEmpty();
        assertThat(tester.folders.models()).isEmptyDirectory();
    }

    @Test
    void aPageForPeopleIsNoModel() throws Exception {
        hub.next(MisbehavingHub.page("<html>Please sign in</html>"));

        assertThat(tester.untilFailed(fetch())).contains("no model file (GGUF)");
    }

    @Test
    void whatIsNotThereOrNotForEverybodyIsNotTriedAgain() throws Exception {
        hub.next(MisbehavingHub.status(404), MisbehavingHub.status(401), MisbehavingHub.status(403));

        String id = fetch();
        assertThat(tester.untilFailed(id)).contains("404", "new place");
        for (String code : List.of("401", "403")) {
            tester.queue.resume(id);
            tester.until(
                    id,
                    each -> each.state() instanceof Download.State.Failed(String sentence) && sentence.contains(code));
        }
        assertThat(tester.waits).isEmpty();
        assertThat(hub.asked).hasSize(3);
    }

    @Test
    void waitsAsLongAsTheSourceAsksAndLongerEachTimeOtherwise() throws Exception {
        hub.next(
                MisbehavingHub.status(429, "Retry-After", "7"),
                MisbehavingHub.status(503, "Retry-After", "999999"),
                MisbehavingHub.status(502));

        tester.untilDone(fetch());

        assertThat(tester.waits).hasSize(3);
        assertThat(tester.waits.subList(0, 2)).containsExactly(Duration.ofSeconds(7), Duration.ofHours(1));
        assertThat(tester.waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    @Test
    void aSourceThatNeverAnswersIsGivenUpAndWhatIsThereStays() throws Exception {
        hub.next(hub.cut(500_000));
        for (int i = 0; i < 25; i++) hub.next(MisbehavingHub.status(500));

        assertThat(tester.untilFailed(fetch())).contains("HTTP 500", "Resume to try again");
        assertThat(PartFile.receivedBytes(tester.folders.models().resolve("model.gguf")))
                .isPositive();
    }

    @Test
    void aStalledConnectionIsLeftAndTheDownloadGoesOn() throws Exception {
        hub.next(hub.stall(200_000));
        try (DownloadTester impatient = new DownloadTester(folder.resolve("impatient"), Duration.ofMillis(300))) {
            String id = impatient.queue.fetch(DownloadTester.order(hub.address("model.gguf"), hub.digest()));

            assertThat(impatient.untilDone(id).digest()).isEqualTo(hub.digest());
        }
        assertThat(from(hub.asked.get(1))).isEqualTo(200_000);
    }

    @Test
    void tooLittleRoomIsToldBeforeAnythingIsFetchedWithATwentiethToSpare() {
        tester.disk.free.set(SIZE + SIZE / 20 - 1);
        Downloads.Order order = new Downloads.Order(
                "model", hub.address("m"), OptionalLong.of(SIZE), Optional.of(hub.digest()), Optional.empty());

        assertThatThrownBy(() -> tester.queue.fetch(order))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("needs 1.6 MB more, has 1.6 MB");
        assertThat(hub.asked).isEmpty();
        assertThat(tester.queue.all().get()).isEmpty();
    }

    @Test
    void aDiskThatFillsUpMidwayKeepsWhatIsThereAndGoesOnWhenThereIsRoom() throws Exception {
        tester.disk.quota.set(600_000);
        String id = fetch();

        assertThat(tester.untilFailed(id)).contains("Not enough free disk", "has 0 bytes", "is kept");
        assertThat(tester.shown(id).receivedBytes()).isEqualTo(600_000);
        tester.disk.quota.set(2L * SIZE);
        tester.queue.resume(id);

        assertThat(tester.untilDone(id).digest()).isEqualTo(hub.digest());
        assertThat(from(hub.asked.getLast())).isEqualTo(600_000);
    }

    @Test
    void aPausedOneStaysPausedOverARestartAndGoesOnWhereItStood() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);

        tester.queue.pause(id);
        tester.until(id, each -> each.state() instanceof Download.State.PausedByPerson);
        tester.restart();
        tester.queue.start();

        assertThat(tester.shown(id).state()).isEqualTo(new Download.State.PausedByPerson());
        assertThat(tester.shown(id).receivedBytes()).isEqualTo(300_000);
        tester.queue.resume(id);
        assertThat(tester.untilDone(id).digest()).isEqualTo(hub.digest());
        assertThat(from(hub.asked.getLast())).isEqualTo(300_000);
    }

    @Test
    void whatWasRunningGoesOnAfterARestartWhenTheQueueStarts() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);

        tester.restart();
        assertThat(tester.shown(id).state()).isEqualTo(new Download.State.Waiting());
        assertThat(hub.asked).hasSize(1);
        tester.queue.start();

        assertThat(tester.untilDone(id).digest()).isEqualTo(hub.digest());
    }

    @Test
    void aCancelledOneLeavesNothing() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);

        tester.queue.cancel(id);

        Awaitility.await().until(() -> tester.database.downloads().all().isEmpty());
        assertThat(tester.queue.all().get()).isEmpty();
        assertThat(tester.folders.models()).isEmptyDirectory();
    }

    @Test
    void endsWithinASecondAlsoWhileNothingComes() throws Exception {
        hub.next(hub.stall(300_000));
        tester.bytesPerSecond.set(100_000);
        String id = fetch();
        tester.untilReceived(id, 10_000);
        long asked = System.nanoTime();

        tester.queue.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
        tester.restart();
        assertThat(tester.shown(id).receivedBytes()).isPositive();
    }

    @Test
    void oneRunsAtATimeAndOneThatWaitsForItsSourceLetsTheNextGoFirst() throws Exception {
        hub.next(hub.stall(100_000));
        tester.ringing = false;
        String first = fetch();
        tester.untilReceived(first, 100_000);
        String second = tester.queue.fetch(new Downloads.Order(
                "other", hub.address("m"), OptionalLong.empty(), Optional.of(hub.digest()), Optional.empty()));
        assertThat(tester.shown(second).state()).isEqualTo(new Download.State.Waiting());

        hub.breakStalled();
        tester.untilDone(second);

        assertThat(tester.shown(first).state()).isInstanceOf(Download.State.Retrying.class);
        assertThat(tester.queue.all().get()).extracting(Download::id).containsExactly(first, second);
    }

    @Test
    void theLimitHoldsAndCanBeLiftedWhileItRuns() throws Exception {
        tester.bytesPerSecond.set(400_000);
        long began = System.nanoTime();
        String id = fetch();
        tester.untilReceived(id, 200_000);
        Duration limited = Duration.ofNanos(System.nanoTime() - began);

        tester.bytesPerSecond.set(0);

        tester.untilDone(id);
        assertThat(limited).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void theSameOrderAgainIsTheSameDownloadAndAnotherOfItsNameIsRefused() throws Exception {
        hub.next(hub.stall(100_000));
        String id = fetch();
        tester.untilReceived(id, 100_000);

        assertThat(fetch()).isEqualTo(id);
        assertThatThrownBy(() -> tester.queue.fetch(
                        DownloadTester.order(hub.address("other.gguf"), new ModelDigest("ab".repeat(32)))))
                .hasMessageContaining("Another file is on its way to the name model");
    }

    @Test
    void aPartWhoseListWasLostIsGoneOnWithWhenItIsOrderedAgain() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);
        tester.queue.stop();
        tester.database.downloads().delete(id);
        tester.restart();
        tester.queue.start();

        assertThat(tester.part()).hasSize(300_000);
        assertThat(tester.untilDone(fetch()).digest()).isEqualTo(hub.digest());
        assertThat(from(hub.asked.getLast())).isEqualTo(300_000);
    }

    @Test
    void aPartOfAnotherFileIsKeptAside() throws Exception {
        Files.createDirectories(tester.folders.models());
        Files.writeString(tester.part(), "of something else");

        assertThat(tester.untilDone(fetch()).digest()).isEqualTo(hub.digest());
        assertThat(tester.folders.models().resolve("model.gguf.part.other-1")).hasContent("of something else");
    }

    @Test
    void bytesThatTheDiskMayNeverHaveHadAreFetchedAgain() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);
        tester.queue.pause(id);
        tester.restart();
        Files.write(tester.part(), new byte[50_000], java.nio.file.StandardOpenOption.APPEND);

        tester.queue.resume(id);

        assertThat(tester.untilDone(id).digest()).isEqualTo(hub.digest());
        assertThat(from(hub.asked.getLast())).isEqualTo(300_000);
    }

    @Test
    void aProgramThatWasKilledBetweenRenameAndStoreTakesTheFileInAtItsNextStart() throws Exception {
        hub.next(hub.stall(300_000));
        String id = fetch();
        tester.untilReceived(id, 300_000);
        tester.queue.stop();
        PartFile.delete(tester.folders.models().resolve("model.gguf"));
        Files.write(tester.folders.models().resolve("model.gguf"), hub.content());
        tester.restart();
        tester.queue.start();

        assertThat(tester.untilDone(id).name()).isEqualTo("model");
        assertThat(hub.asked).hasSize(1);
    }

    @Test
    void aFileOfAPersonInTheModelsFolderIsNotReplaced() throws Exception {
        Files.createDirectories(tester.folders.models());
        Path own = Files.writeString(tester.folders.models().resolve("model.gguf"), "mine");

        StoredModel model = tester.untilDone(fetch());

        assertThat(own).hasContent("mine");
        assertThat(model.path().getFileName())
                .hasToString("model-" + hub.digest().hex().substring(0, 6) + ".gguf");
    }
}
