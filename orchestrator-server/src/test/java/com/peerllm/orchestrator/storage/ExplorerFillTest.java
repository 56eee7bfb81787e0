package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.ExplorerStore.Tables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of the explorer that come to a database which has leaves already are filled from these. */
class ExplorerFillTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void leavesOfBeforeAreCounted(TestDatabase kind) throws SQLException {
        Tables kept;
        try (Database database = Database.open(kind.in(folder))) {
            new MadeUpLog(database, 5).add(12_345);
            kept = database.explorer().tables();
            assertThat(kept.totals().leaves()).isEqualTo(12_345);
            assertThat(kept.totals().hosts()).isEqualTo(5);
            assertThat(kept.modelDays()).isNotEmpty();
        }
        asBeforeTheExplorer(kind);

        try (Database database = Database.open(kind.in(folder))) {
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

    /** Empties the tables and lets the migration run again; a whole database of before would lack later tables too. */
    private void asBeforeTheExplorer(TestDatabase kind) throws SQLException {
        try (Connection connection = kind.connect(folder);
                Statement statement = connection.createStatement()) {
            for (String table : List.of("cause", "host", "host_day", "host_entry", "model", "model_day")) {
                statement.execute("delete from explorer_" + table);
            }
            statement.execute("delete from explorer_total");
            statement.execute("insert into explorer_total values (1, 0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
            Context context = new Context() {
                @Override
                public Configuration getConfiguration() {
                    return new FluentConfiguration();
                }

                @Override
                public Connection getConnection() {
                    return connection;
                }
            };
            ExplorerFill.ofSums().migrate(context);
            ExplorerFill.ofModelDays().migrate(context);
        }
    }
}
