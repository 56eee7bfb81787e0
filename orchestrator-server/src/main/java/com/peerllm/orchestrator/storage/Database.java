package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/**
 * The open database: connections, the tables at this program's version, and one store for each subject.
 *
 * <p>Every call may wait for the disk, so none belongs on an event loop. Safe for many threads; changes happen one at a
 * time.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource connections;
    private final Schema schema;
    private final Jdbi jdbi;
    private final FailureSentences failures;
    private final Optional<ChangeLog> log;
    private final ReentrantLock changing = new ReentrantLock();
    /** Set when the tables may lack what the log holds: H2 closes itself when it cannot write, and forgets. */
    private volatile boolean behind;
    /** The last change of the log that a transaction has committed. */
    private volatile long committed;

    private Database(HikariDataSource connections, Schema schema, FailureSentences failures, Optional<ChangeLog> log) {
        this.connections = connections;
        this.schema = schema;
        this.jdbi = Jdbi.create(connections);
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        this.failures = failures;
        this.log = log;
        this.behind = log.isPresent();
    }

    /** @throws StorageException when it cannot be opened; the sentence says what to do */
    public static Database open(DatabaseAddress address) {
        return open(address, Disk.REAL);
    }

    static Database open(DatabaseAddress address, Disk disk) {
        FailureSentences failures = new FailureSentences(address.place());
        try {
            HikariDataSource connections = Connections.open(address, disk);
            try {
                Schema schema = new Schema(connections);
                schema.bringUpToDate();
                Database database = new Database(connections, schema, failures, log(address, disk, connections));
                database.catchUp();
                return database;
            } catch (RuntimeException | IOException | SQLException e) {
                connections.close();
                throw e;
            }
        } catch (RuntimeException | IOException | SQLException e) {
            throw failures.explain(e);
        }
    }

    /** A database that runs elsewhere forces its commits itself and needs no log. */
    private static Optional<ChangeLog> log(DatabaseAddress address, Disk disk, HikariDataSource connections)
            throws IOException, SQLException {
        return switch (address) {
            case DatabaseAddress.Embedded(Path folder) -> {
                long applied = AppliedChange.number(connections);
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

    public ApiKeyStore apiKeys() {
        return new ApiKeyStore(this);
    }

    public HostStore hosts() {
        return new HostStore(this);
    }

    public ModelCatalogStore models() {
        return new ModelCatalogStore(this);
    }

    /** Runs a query; what goes wrong comes out as a {@link StorageException}. */
    <T> T read(Function<Handle, T> query) {
        try {
            if (behind) catchUp();
            try {
                return currentRead(query);
            } catch (TablesBehind e) {
                behind = true;
                catchUp();
                return currentRead(query);
            }
        } catch (RuntimeException | IOException e) {
            throw failed(e);
        }
    }

    private <T> T currentRead(Function<Handle, T> query) {
        return jdbi.withHandle(handle -> {
            requireCurrent(handle);
            return query.apply(handle);
        });
    }

    /**
     * Makes a change, whole or not at all. When this returns, no crash undoes it. When it fails for a reason that may
     * pass, it may yet happen; making it again is safe.
     *
     * @return false when there was nothing to change
     * @throws StorageException with code {@code CONFLICT} when the tables refuse it; then it has not happened
     */
    boolean change(Change change) {
        changing.lock();
        try {
            if (behind) catchUp();
            if (log.isEmpty()) return transaction(handle -> ChangeSql.apply(handle, change));
            LogRecord record = new LogRecord(log.get().lastNumber() + 1, change);
            log.get().append(record);
            boolean changed = apply(record);
            committed = record.number();
            return changed;
        } catch (RuntimeException | IOException e) {
            throw failed(e);
        } finally {
            changing.unlock();
        }
    }

    /** Carries out what the log holds. A change that the tables refuse now they refuse in every repetition. */
    private boolean apply(LogRecord record) {
        try {
            return transaction(handle -> {
                requireCurrent(handle);
                boolean changed = ChangeSql.apply(handle, record.change());
                AppliedChange.set(handle, record.number());
                return changed;
            });
        } catch (RuntimeException e) {
            if (failures.explain(e).code() == StorageException.Code.CONFLICT) {
                transaction(handle -> AppliedChange.set(handle, record.number()));
                committed = record.number();
            }
            throw e;
        }
    }

    /**
     * Not JDBI's own: when a rollback fails, that one switches auto-commit on again, and thereby commits. Connections of
     * this pool have it off; one that cannot be rolled back is thrown away.
     */
    private <T> T transaction(Function<Handle, T> work) {
        return jdbi.withHandle(handle -> {
            try {
                T result = work.apply(handle);
                handle.commit();
                return result;
            } catch (RuntimeException e) {
                try {
                    handle.rollback();
                } catch (RuntimeException rollbackFailure) {
                    e.addSuppressed(rollbackFailure);
                }
                throw e;
            }
        });
    }

    /** H2 closes itself when it cannot write; opened again by the next connection, it has forgotten what was last. */
    private void requireCurrent(Handle handle) {
        if (log.isPresent() && AppliedChange.number(handle) < committed) throw new TablesBehind();
    }

    /** Does again what the log holds and the tables lack; a young database may lack the tables themselves. */
    private void catchUp() throws IOException {
        changing.lock();
        try {
            if (!behind || log.isEmpty()) return;
            schema.bringUpToDate();
            long last = log.get().lastNumber();
            long applied = jdbi.withHandle(AppliedChange::number);
            if (applied > last) throw logTooShort(applied);
            committed = applied;
            if (applied < last) log.get().replay(applied, this::doAgain);
            committed = last;
            behind = false;
        } finally {
            changing.unlock();
        }
    }

    private void doAgain(LogRecord record) {
        try {
            apply(record);
        } catch (RuntimeException e) {
            if (failures.explain(e).code() != StorageException.Code.CONFLICT) throw e;
        }
    }

    /** The tables lack changes that were committed. */
    private static final class TablesBehind extends RuntimeException {}

    private StorageException logTooShort(long applied) {
        return new StorageException(
                StorageException.Code.DAMAGED,
                "The change log ends with change " + log.orElseThrow().lastNumber() + ", but the database holds change "
                        + applied + ". Restore the data folder from a backup.");
    }

    private StorageException failed(Exception failure) {
        StorageException explained = failures.explain(failure);
        behind = log.isPresent();
        // A connection to a database that has closed itself is of no use; the next one opens it again.
        if (explained.code().mayPass()) connections.getHikariPoolMXBean().softEvictConnections();
        return explained;
    }

    @Override
    public void close() {
        changing.lock();
        try {
            connections.close();
            if (log.isPresent()) log.get().close();
        } catch (IOException e) {
            throw failures.explain(e);
        } finally {
            changing.unlock();
        }
    }
}
