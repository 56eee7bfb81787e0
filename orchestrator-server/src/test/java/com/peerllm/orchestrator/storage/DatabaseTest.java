package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.peerllm.orchestrator.ledger.ChildJvm;
import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.StorageException.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database opens, or says in a sentence why not. */
class DatabaseTest {
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
