package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.util.List;
import java.util.function.BiConsumer;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Fills tables of the explorer from leaves that were there before the tables were: reading a leaf is no work for SQL. */
final class ExplorerFill implements JavaMigration {
    private static final int PAGE = 10_000;

    private final MigrationVersion version;
    private final String description;
    private final BiConsumer<ExplorerInsertion, List<LeafRow>> adding;

    private ExplorerFill(String version, String description, BiConsumer<ExplorerInsertion, List<LeafRow>> adding) {
        this.version = MigrationVersion.fromVersion(version);
        this.description = description;
        this.adding = adding;
    }

    /** The tables of version 7. */
    static ExplorerFill ofSums() {
        return new ExplorerFill("7.1", "explorer of what was there", ExplorerInsertion::addLeaves);
    }

    /** The table of version 10. */
    static ExplorerFill ofModelDays() {
        return new ExplorerFill("10.1", "explorer of models by day", ExplorerInsertion::addModelDays);
    }

    @Override
    public MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return description;
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

    private void add(Handle handle, long from, long end) {
        adding.accept(new ExplorerInsertion(handle), LeafStore.range(handle, from, end));
    }
}
