package com.peerllm.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostDatabaseTest {
    private static final ModelRow SPROUT = new ModelRow(
            new ModelDigest("ab".repeat(32)), "sprout", Path.of("/models/sprout.gguf"), 1_500_000, 7, true, 8);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("host");
    }

    @Test
    void remembersModelsAndReceiptsAfterARestart() {
        StoredReceipt receipt = Receipts.stored(1, StoredReceipt.Status.VERIFIED);
        try (HostDatabase first = HostDatabase.open(file)) {
            first.models().put(SPROUT);
            first.receipts().add(List.of(receipt));
        }
        try (HostDatabase second = HostDatabase.open(file)) {
            assertThat(second.models().all()).containsExactly(SPROUT);
            assertThat(second.receipts().latest(10)).containsExactly(receipt);
            assertThat(second.receipts().latest(1, 10)).as("all but the newest").isEmpty();
        }
    }

    @Test
    void aMeasurementIsOfOneComputerAndOneEngine() {
        ModelRunRow run = new ModelRunRow(
                SPROUT.digest(), "this", "v0.5.0", 3, 256, -1, 900.5, 40, 110, 1200, List.of("chat", "tools"), true, 8);
        try (HostDatabase database = HostDatabase.open(file)) {
            database.runs().put(run);
            database.runs().put(run.served(800, List.of("chat")));

            assertThat(database.runs().find(SPROUT.digest(), "this", "v0.5.0"))
                    .contains(run.served(800, List.of("chat")));
            assertThat(database.runs().find(SPROUT.digest(), "other", "v0.5.0")).isEmpty();
            assertThat(database.runs().find(SPROUT.digest(), "this", "v0.6.0")).isEmpty();
        }
    }

    @Test
    void aQuarantineOutlivesTheProgramAndEndsWithANewEngineOrByHand() {
        try (HostDatabase first = HostDatabase.open(file)) {
            first.quarantines().put(SPROUT.digest(), "v0.5.0", "It crashed.", 1);
        }
        try (HostDatabase second = HostDatabase.open(file)) {
            assertThat(second.quarantines().reason(SPROUT.digest(), "v0.5.0")).contains("It crashed.");
            assertThat(second.quarantines().reason(SPROUT.digest(), "v0.6.0")).isEmpty();
            assertThat(second.quarantines().release(SPROUT.digest())).isTrue();
            assertThat(second.quarantines().release(SPROUT.digest())).isFalse();
            assertThat(second.quarantines().reason(SPROUT.digest(), "v0.5.0")).isEmpty();
        }
    }

    @Test
    void aReceiptThatComesTwiceIsStoredOnce() {
        StoredReceipt first = Receipts.stored(1, StoredReceipt.Status.VERIFIED);
        StoredReceipt again = new StoredReceipt(
                first.receipt(), StoredReceipt.Status.DISPUTED, java.util.OptionalInt.empty(), List.of("x"), 99);
        try (HostDatabase database = HostDatabase.open(file)) {
            assertThat(database.receipts().add(List.of(first))).containsExactly(first);
            assertThat(database.receipts().add(List.of(again))).isEmpty();
            assertThat(database.receipts().latest(10)).containsExactly(first);
        }
    }

    @Test
    void sumsByDayModelAndStatus() {
        try (HostDatabase database = HostDatabase.open(file)) {
            database.receipts()
                    .add(List.of(
                            Receipts.stored(1, StoredReceipt.Status.VERIFIED),
                            Receipts.stored(2, StoredReceipt.Status.VERIFIED),
                            Receipts.stored(3, StoredReceipt.Status.DISPUTED)));

            assertThat(database.receipts().earned())
                    .extracting(EarnedRow::status, EarnedRow::answers, EarnedRow::unpaidTokens, EarnedRow::hostShare)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(
                                    StoredReceipt.Status.VERIFIED, 2L, 12L, new Credits(2 * 48_925)),
                            org.assertj.core.groups.Tuple.tuple(
                                    StoredReceipt.Status.DISPUTED, 1L, 0L, new Credits(48_925)));
        }
    }

    @Test
    void aModelOfTheSameNamePathOrContentTakesTheOthersPlace() {
        try (HostDatabase database = HostDatabase.open(file)) {
            database.models().put(SPROUT);
            ModelRow changed = new ModelRow(
                    new ModelDigest("cd".repeat(32)), SPROUT.name(), SPROUT.path(), 2_000_000, 9, true, 10);

            database.models().put(changed);

            assertThat(database.models().all()).containsExactly(changed);
            assertThat(database.models().at(SPROUT.path())).contains(changed);
            assertThat(database.models().of(SPROUT.digest())).isEmpty();
        }
    }

    @Test
    void aDatabaseThatAnotherProgramHasIsToldInOneSentence() throws Exception {
        HostDatabase.open(file).close();
        Process other = OtherProgram.holding(file);
        try {
            assertThatThrownBy(() -> HostDatabase.open(file))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_FOLDER_IN_USE))
                    .hasMessageContaining("in use by another program");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDamagedDatabaseIsToldInOneSentenceAndLeftAsItIs() throws Exception {
        Path data = folder.resolve("host.mv.db");
        Files.writeString(data, "not a database".repeat(1000));

        assertThatThrownBy(() -> HostDatabase.open(file))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_FOLDER_BROKEN));
        assertThat(data).hasContent("not a database".repeat(1000));
    }
}
