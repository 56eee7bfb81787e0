package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Fills the explorer's tables from leaves that were there before the tables were: reading a leaf is no work for SQL. */
final class ExplorerFill implements JavaMigration {
    private static final int PAGE = 10_000;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("7.1");
    }

    @Override
    public String getDescription() {
        return "explorer of what was there";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        Jdbi.create(context.getConnection()).useHandle(handle -> {
            long count = LedgerStore.head(handle).leafCount();
            for (long from = 0; from < count; from += PAGE) add(handle, from, Math.min(from + PAGE, count));
        });
    }

    private static void add(Handle handle, long from, long end) {
        List<LeafRow> leaves = LeafStore.range(handle, from, end);
        new ExplorerInsertion(handle).addLeaves(leaves);
    }
}
