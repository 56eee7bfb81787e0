package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The open database: the tables at this program's version, and one store for each subject.
 *
 * <p>Every call may wait for the disk, so none belongs on an event loop. Safe for many threads; changes happen one at a
 * time.
 */
public final class Database implements AutoCloseable {
    private final LoggedTables tables;

    private Database(LoggedTables tables) {
        this.tables = tables;
    }

    /** @throws StorageException when it cannot be opened; the sentence says what to do */
    public static Database open(DatabaseAddress address) {
        return open(address, Disk.REAL);
    }

    static Database open(DatabaseAddress address, Disk disk) {
        FailureSentences failures = new FailureSentences(address.place());
        try {
            HikariDataSource connections = Connections.open(address, disk);
            Transactions transactions = new Transactions(connections);
            try {
                Schema schema = new Schema(connections);
                schema.bringUpToDate();
                Optional<ChangeLog> log = log(address, disk, transactions);
                LoggedTables tables = new LoggedTables(transactions, schema, failures, log);
                tables.catchUp();
                return new Database(tables);
            } catch (RuntimeException | IOException e) {
                transactions.close();
                throw e;
            }
        } catch (RuntimeException | IOException | SQLException e) {
            throw failures.explain(e);
        }
    }

    /** A database that runs elsewhere forces its commits itself and needs no log. */
    private static Optional<ChangeLog> log(DatabaseAddress address, Disk disk, Transactions transactions)
            throws IOException {
        return switch (address) {
            case DatabaseAddress.Embedded(Path folder) -> {
                long applied = transactions.read(AppliedChange::number);
                yield Optional.of(ChangeLog.open(folder.resolve("journal"), disk, applied));
            }
            case DatabaseAddress.Jdbc elsewhere -> Optional.empty();
        };
    }

    public LedgerStore ledger() {
        return new LedgerStore(this);
    }

    public ReceiptStore receipts() {
        return new ReceiptStore(this);
    }

    public LeafStore leaves() {
        return new LeafStore(this);
    }

    public CheckpointStore checkpoints() {
        return new CheckpointStore(this);
    }

    public ApiKeyStore apiKeys() {
        return new ApiKeyStore(this);
    }

    public HostStore hosts() {
        return new HostStore(this);
    }

    public ModelCatalogStore models() {
        return new ModelCatalogStore(this);
    }

    public EvidenceStore evidence() {
        return new EvidenceStore(this);
    }

    public ExplorerStore explorer() {
        return new ExplorerStore(this);
    }

    <T> T read(Function<Handle, T> query) {
        return tables.read(query);
    }

    boolean change(Change change) {
        return tables.change(change);
    }

    @Override
    public void close() {
        tables.close();
    }
}
