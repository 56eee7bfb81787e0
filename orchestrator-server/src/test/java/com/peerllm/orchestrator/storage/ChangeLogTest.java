package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.ApiKeyStore.KeyTermsRow;
import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.HostStore.HostRow;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.ModelCatalogStore.ModelRow;
import com.peerllm.orchestrator.storage.StorageException.Code;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed is on the disk before anyone hears of it, whatever becomes of H2's own file. */
class ChangeLogTest {
    private static final AccountId MINT = new AccountId("mint:credits");
    private static final KeyTermsRow TERMS = new KeyTermsRow(
            List.of("chat", "admin"),
            OptionalLong.of(5),
            Optional.of("day"),
            OptionalInt.of(6),
            OptionalInt.of(7),
            OptionalLong.of(8));
    private static final AccountId ALICE = new AccountId("consumer:alice");

    @TempDir
    Path folder;

    @AfterEach
    void makeRoom() {
        FaultyDisk.FULL.set(false);
    }

    /** The worst that can be left of H2's file: what it was at the start. */
    @Test
    void everyBatchSurvivesAPowerCutAsSoonAsItIsWritten() throws IOException {
        FaultyDisk.open(folder).close();
        Path atTheStart = Files.copy(databaseFile(folder), folder.resolve("at-the-start"));
        try (Database database = FaultyDisk.open(folder)) {
            for (int number = 1; number <= 40; number++) {
                database.ledger().append(batch(number));
                if (number % 4 != 0) continue;
                try (Database left = Database.open(new Embedded(afterPowerCut(atTheStart, number)))) {
                    assertThat(left.ledger().head()).isEqualTo(new Head(number, number));
                }
            }
        }
        assertThat(logFiles(folder)).as("files of the log").hasSizeGreaterThan(2);
    }

    private Path afterPowerCut(Path databaseFile, int number) throws IOException {
        Path left = Files.createDirectories(folder.resolve("left" + number + "/journal"))
                .getParent();
        Files.copy(databaseFile, databaseFile(left));
        for (Path file : logFiles(folder)) {
            Files.copy(FaultyDisk.forced(file), left.resolve("journal").resolve(file.getFileName()));
        }
        return left;
    }

    @Test
    void aDatabaseThatFellBehindCatchesUp() throws IOException {
        writeBatches(1, 3);
        Path old = Files.copy(databaseFile(folder), folder.resolve("old"));
        writeBatches(4, 6);
        Files.move(old, databaseFile(folder), StandardCopyOption.REPLACE_EXISTING);

        try (Database database = open()) {
            assertThat(database.ledger().head()).isEqualTo(new Head(6, 6));
            assertThat(database.ledger().transfers(0, 9))
                    .extracting(TransferRow::seq)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
        writeBatches(7, 8);
    }

    @Test
    void aLostDatabaseIsMadeAgain() throws IOException {
        ApiKeyRow key = new ApiKeyRow(
                "0123456789ab",
                ALICE,
                "laptop",
                "0".repeat(64),
                7,
                OptionalLong.empty(),
                Optional.of(KeyTermsRow.VERSION_1));
        PeerIdentity peer = PeerIdentity.generate();
        HostRow host = new HostRow(peer.hostId(), peer.publicKey(), 8, Optional.empty());
        ModelRow model = new ModelRow(
                new ModelManifest(
                        new ModelId("m"),
                        new ModelDigest("11".repeat(32)),
                        9,
                        Optional.of("MIT"),
                        new TokenPrice(new Credits(1), new Credits(2)),
                        Optional.of(new AccountId("creator:carol")),
                        5),
                true);
        SettlementRow settled = new SettlementRow(
                2,
                new JobId("job_" + "0".repeat(32)),
                ALICE,
                new Credits(3),
                new Credits(2),
                Credits.ZERO,
                "f".repeat(64),
                4,
                Optional.of(key.keyId()));
        writeBatches(1, 1);
        try (Database database = open()) {
            database.apiKeys().insert(key);
            database.apiKeys().change(key.keyId(), "laptop", TERMS);
            database.apiKeys().revoke(key.keyId(), 10);
            database.hosts().insert(host);
            database.hosts().setBlocked(host.id(), Optional.of("why"));
            database.models().put(model);
            database.ledger()
                    .append(new JournalBatch(2, 2, List.of(), batch(2).transfers(), List.of(settled), List.of()));
        }
        Files.delete(databaseFile(folder));

        try (Database database = open()) {
            assertThat(database.apiKeys().all())
                    .containsExactly(new ApiKeyRow(
                            key.keyId(),
                            ALICE,
                            "laptop",
                            key.secretHash(),
                            7,
                            OptionalLong.of(10),
                            Optional.of(TERMS)));
            assertThat(database.hosts().find(host.id()))
                    .contains(new HostRow(host.id(), host.key(), 8, Optional.of("why")));
            assertThat(database.models().all()).containsExactly(model);
            assertThat(database.ledger().settlement(settled.job())).contains(settled);
            assertThat(database.ledger().accounts())
                    .extracting(AccountRow::totals)
                    .containsExactly(new TotalsRow(0, 2, 0, 0), new TotalsRow(2, 0, 0, 0));
        }
    }

    @Test
    void whatWasBeingWrittenWhenThePowerWentIsDropped() throws IOException {
        writeBatches(1, 3);
        byte[] half = new LogRecord(4, new Change.Journalled(batch(4))).line();
        Files.write(lastLogFile(), Arrays.copyOf(half, half.length / 2), StandardOpenOption.APPEND);

        try (Database database = open()) {
            assertThat(database.ledger().head()).isEqualTo(new Head(3, 3));
        }
        writeBatches(4, 5);
    }

    @Test
    void aDamagedChangeIsNamed() throws IOException {
        writeBatches(1, 3);
        Path file = lastLogFile();
        Files.writeString(file, Files.readString(file).replaceFirst("\"t2\"", "\"t9\""));

        StorageException refusal = catchThrowableOfType(StorageException.class, this::open);
        assertThat(refusal.code()).isEqualTo(Code.DAMAGED);
        assertThat(refusal).hasMessageContaining("Change 2 in");
    }

    /** Also in the last line, which could else be taken for one that was being written when the power went. */
    @Test
    void everyBitThatFlipsInAnyFileIsNamed() throws IOException {
        try (Database database = FaultyDisk.open(folder)) {
            for (int number = 1; number <= 24; number++) database.ledger().append(batch(number));
        }
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy);
        List<Path> files = logFiles(folder);
        assertThat(files).hasSizeGreaterThan(1);
        for (Path file : files) Files.copy(file, copy.resolve(file.getFileName()));
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            long first = new LogSegment(file).firstNumber();
            for (int at = 0; at < good.length; at += 11) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << at % 8);
                Files.write(copy.resolve(file.getFileName()), bad);
                long line = first + lines(good, at);

                assertThatThrownBy(() -> readAll(copy, 24))
                        .as("byte " + at + " of " + file)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("Change " + line + " in " + copy);
                assertThat(copy.resolve(file.getFileName())).as("left as it is").hasBinaryContent(bad);
            }
            Files.write(copy.resolve(file.getFileName()), good);
        }
        readAll(copy, 24);
    }

    private static long lines(byte[] bytes, int end) {
        long lines = 0;
        for (int i = 0; i < end; i++) if (bytes[i] == '\n') lines++;
        return lines;
    }

    private static void readAll(Path journal, long last) throws IOException {
        try (ChangeLog log = ChangeLog.open(journal, Disk.REAL, last)) {
            log.replay(0, last, record -> {});
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        try (Database database = FaultyDisk.open(folder)) {
            for (int number = 1; number <= 40; number++) database.ledger().append(batch(number));
        }
        Path missing = logFiles(folder).get(1);
        long first = new LogSegment(missing).firstNumber();
        Files.delete(missing);
        Files.delete(databaseFile(folder));

        assertThat(catchThrowableOfType(StorageException.class, this::open))
                .hasMessageContaining("Change " + first + " in");
    }

    @Test
    void aMissingChangeIsNamed() throws IOException {
        writeBatches(1, 3);
        Path file = lastLogFile();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + lines.get(2) + "\n");

        assertThat(catchThrowableOfType(StorageException.class, this::open)).hasMessageContaining("Change 2 in");
    }

    @Test
    void aLogThatEndsBeforeItsDatabaseIsRefused() throws IOException {
        writeBatches(1, 3);
        Path file = lastLogFile();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n");

        assertThat(catchThrowableOfType(StorageException.class, this::open))
                .hasMessageContaining("ends with change 2, but the database holds change 3");
    }

    @Test
    void aChangeThatIsRefusedDoesNotHappenInARepetitionEither() throws IOException {
        writeBatches(1, 1);
        try (Database database = open()) {
            JournalBatch used = new JournalBatch(2, 2, List.of(), batch(1).transfers(), List.of(), List.of());
            assertThat(catchThrowableOfType(
                                    StorageException.class,
                                    () -> database.ledger().append(used))
                            .code())
                    .isEqualTo(Code.CONFLICT);
            assertThat(database.hosts().setBlocked(PeerIdentity.generate().hostId(), Optional.empty()))
                    .isFalse();
        }
        writeBatches(2, 3);
        Files.delete(databaseFile(folder));

        try (Database database = open()) {
            assertThat(database.ledger().head()).isEqualTo(new Head(3, 3));
            assertThat(database.ledger().transfers(0, 9))
                    .extracting(TransferRow::id)
                    .containsExactly("t1", "t2", "t3");
        }
    }

    @Test
    void aFullDiskRefusesAChangeAndLeavesNothingOfIt() throws IOException {
        try (Database database = FaultyDisk.open(folder)) {
            database.ledger().append(batch(1));
            FaultyDisk.FULL.set(true);

            StorageException refusal = catchThrowableOfType(
                    StorageException.class, () -> database.ledger().append(batch(2)));
            assertThat(refusal.code()).isEqualTo(Code.DISK_FULL);
            assertThat(refusal).hasMessageContaining(folder.toString());
            FaultyDisk.FULL.set(false);

            database.ledger().append(batch(2));
            database.ledger().append(batch(2));
            assertThat(database.ledger().head()).isEqualTo(new Head(2, 2));
        }
        try (Database database = open()) {
            assertThat(database.ledger().head()).isEqualTo(new Head(2, 2));
        }
    }

    private void writeBatches(int first, int last) {
        try (Database database = open()) {
            for (int number = first; number <= last; number++) database.ledger().append(batch(number));
        }
    }

    private static JournalBatch batch(int number) {
        List<AccountRow> opened = number == 1
                ? List.of(new AccountRow(MINT, 1, TotalsRow.ZERO), new AccountRow(ALICE, 1, TotalsRow.ZERO))
                : List.of();
        TransferRow line = new TransferRow(number, "t" + number, Phase.POST, MINT, ALICE, new Credits(1), "top_up", 1);
        return new JournalBatch(number, number, opened, List.of(line), List.of(), List.of());
    }

    private Database open() {
        return Database.open(new Embedded(folder));
    }

    private static Path databaseFile(Path folder) {
        return folder.resolve("orchestrator.mv.db");
    }

    private Path lastLogFile() throws IOException {
        return logFiles(folder).getLast();
    }

    private static List<Path> logFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            return files.filter(LogSegment::isOne).sorted().toList();
        }
    }
}
