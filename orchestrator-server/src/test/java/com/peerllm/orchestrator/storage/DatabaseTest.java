package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.peerllm.orchestrator.ledger.ChildJvm;
import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.StorageException.Code;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database opens, or says in a sentence why not; and the journal is written once, whatever is repeated. */
class DatabaseTest {
    private static final AccountId MINT = new AccountId("mint:credits");
    private static final AccountId ALICE = new AccountId("consumer:alice");

    @TempDir
    Path folder;

    @Test
    void aFolderInUseIsNamedWithWhatToDo() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(ChildJvm.command(HoldsTheDatabase.class, folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = other.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals("open")) line = said.readLine();
            assertThat(line).isEqualTo("open");

            StorageException refusal = failure(new Embedded(folder));

            assertThat(refusal.code()).isEqualTo(Code.LOCKED);
            assertThat(refusal)
                    .hasMessage("Another orchestrator is using this data folder (" + folder
                            + "). Stop it first, or choose another folder with --data.");
        } finally {
            other.destroyForcibly();
            other.waitFor();
        }
        Database.open(new Embedded(folder)).close();
    }

    /** Another process that has the folder open. */
    static final class HoldsTheDatabase {
        private HoldsTheDatabase() {}

        public static void main(String[] arguments) throws IOException {
            Database database = Database.open(new Embedded(Path.of(arguments[0])));
            System.out.println("open");
            System.out.flush();
            System.in.read();
            database.close();
        }
    }

    @Test
    void tablesOfANewerProgramAreRefused() throws SQLException {
        Database.open(new Embedded(folder)).close();
        sql("""
                insert into "flyway_schema_history"
                select max("installed_rank") + 1, '999', 'from the future', 'SQL', 'V999__future.sql', 1, 'sa', now(), 1, true
                from "flyway_schema_history\"""");

        StorageException refusal = failure(new Embedded(folder));

        assertThat(refusal.code()).isEqualTo(Code.SCHEMA_TOO_NEW);
        assertThat(refusal).hasMessageContaining("version 999").hasMessageContaining("Update this program");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        Path file = folder.resolve("orchestrator.mv.db");
        Files.writeString(file, "This is a letter to my aunt. ".repeat(1_000));

        StorageException refusal = failure(new Embedded(folder));

        assertThat(refusal.code()).isEqualTo(Code.DAMAGED);
        assertThat(refusal).hasMessageContaining(folder.toString()).hasMessageContaining("backup");
        assertThat(file).content().startsWith("This is a letter to my aunt.");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThat(failure(new Embedded(file.resolve("data")))).hasMessageContaining(file.toString());
    }

    @Test
    void anUnknownKindOfDatabaseIsNamedWithoutItsPassword() {
        DatabaseAddress address =
                new DatabaseAddress.Jdbc("jdbc:nosuchdatabase://db.example/peerllm?password=hidden", "peer", "secret");

        assertThat(failure(address))
                .hasMessageContaining("jdbc:nosuchdatabase://db.example/peerllm")
                .hasMessageContaining("no driver")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("hidden");
        assertThat(address.toString()).doesNotContain("secret").doesNotContain("hidden");
    }

    @Test
    void aBatchThatIsWrittenAgainChangesNothing() {
        try (Database database = Database.open(new Embedded(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            store.append(firstBatch());

            assertThat(store.head()).isEqualTo(new Head(1, 1));
            assertThat(store.transfers(0, 10)).isEqualTo(firstBatch().transfers());
            assertThat(store.accounts())
                    .containsExactly(
                            new AccountRow(ALICE, 1, new TotalsRow(0, 5, 0, 0)),
                            new AccountRow(MINT, 1, new TotalsRow(5, 0, 0, 0)));
        }
    }

    @Test
    void aBatchOutOfTurnIsRefused() {
        try (Database database = Database.open(new Embedded(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            JournalBatch gap = new JournalBatch(3, 1, List.of(), List.of(), List.of(), List.of());
            JournalBatch wrongSeq = new JournalBatch(2, 7, List.of(), List.of(), List.of(), List.of());

            assertThatThrownBy(() -> store.append(gap)).hasMessageContaining("Another orchestrator wrote");
            assertThatThrownBy(() -> store.append(wrongSeq)).hasMessageContaining("Another orchestrator wrote");
        }
    }

    @Test
    void anIdThatIsInTheJournalIsNotWrittenAgainAndNothingOfItsBatchIs() {
        try (Database database = Database.open(new Embedded(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            TransferRow fresh = new TransferRow(2, "fresh", Phase.POST, MINT, ALICE, new Credits(1), "top_up", 2);
            TransferRow used = new TransferRow(3, "top-up-1", Phase.POST, MINT, ALICE, new Credits(1), "top_up", 2);
            JournalBatch batch = new JournalBatch(2, 3, List.of(), List.of(fresh, used), List.of(), List.of());

            StorageException refusal = catchThrowableOfType(StorageException.class, () -> store.append(batch));

            assertThat(refusal.code()).isEqualTo(Code.CONFLICT);
            assertThat(store.head()).isEqualTo(new Head(1, 1));
            assertThat(store.transfer("fresh")).isEmpty();
        }
    }

    private static JournalBatch firstBatch() {
        TransferRow line = new TransferRow(1, "top-up-1", Phase.POST, MINT, ALICE, new Credits(5), "top_up", 2);
        List<AccountRow> accounts =
                List.of(new AccountRow(MINT, 1, TotalsRow.ZERO), new AccountRow(ALICE, 1, TotalsRow.ZERO));
        return new JournalBatch(1, 1, accounts, List.of(line), List.of(), List.of());
    }

    private StorageException failure(DatabaseAddress address) {
        return catchThrowableOfType(
                StorageException.class, () -> Database.open(address).close());
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("orchestrator"));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
