package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.ExplorerStore.Tables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the explorer that come to a database which has leaves already are filled from these. */
class ExplorerFillTest {
    @TempDir
    Path folder;

    @Test
    void leavesOfBeforeAreCounted() throws SQLException {
        Tables kept;
        try (Database database = Database.open(new Embedded(folder))) {
            new MadeUpLog(database, 5).add(12_345);
            kept = database.explorer().tables();
            assertThat(kept.totals().leaves()).isEqualTo(12_345);
            assertThat(kept.totals().hosts()).isEqualTo(5);
        }
        asBeforeTheExplorer();

        try (Database database = Database.open(new Embedded(folder))) {
            assertThat(database.explorer().tables()).isEqualTo(kept);
        }
    }

    @Test
    void aLostDatabaseGetsItsSumsBackFromTheChangeLog() throws Exception {
        Tables kept;
        try (Database database = Database.open(new Embedded(folder))) {
            new MadeUpLog(database, 3).add(5_000);
            kept = database.explorer().tables();
        }
        java.nio.file.Files.delete(folder.resolve("orchestrator.mv.db"));

        try (Database database = Database.open(new Embedded(folder))) {
            assertThat(database.explorer().tables()).isEqualTo(kept);
        }
    }

    private void asBeforeTheExplorer() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("orchestrator"));
                var statement = connection.createStatement()) {
            for (String table : new String[] {"total", "kind", "cause", "host", "host_day", "host_entry", "model"}) {
                statement.execute("drop table explorer_" + table);
            }
            assertThat(statement.executeUpdate(
                            "delete from \"flyway_schema_history\" where \"version\" in ('7', '7.1')"))
                    .isEqualTo(2);
        }
    }
}
