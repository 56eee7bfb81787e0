package com.peerllm.orchestrator.storage;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to the version this program knows, and refuses tables of a later one. */
final class Schema {
    private final Flyway flyway;

    Schema(DataSource connections) {
        flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(connections)
                .locations("classpath:db/migration")
                .javaMigrations(ExplorerFill.ofSums(), ExplorerFill.ofModelDays())
                .load();
    }

    /** @throws StorageException when a newer program wrote these tables */
    void bringUpToDate() {
        Arrays.stream(flyway.info().all())
                .filter(Schema::isFromTheFuture)
                .findFirst()
                .ifPresent(Schema::refuse);
        flyway.migrate();
    }

    private static boolean isFromTheFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }

    private static void refuse(MigrationInfo migration) {
        throw new StorageException(
                StorageException.Code.SCHEMA_TOO_NEW,
                "A newer version of PeerLLM wrote this database (its tables have version " + migration.getVersion()
                        + "). Update this program, or choose another folder with --data.");
    }
}
