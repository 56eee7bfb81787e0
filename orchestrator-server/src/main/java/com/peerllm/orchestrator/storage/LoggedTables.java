package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.StorageException.Code;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Tables that follow the {@link ChangeLog}: a change is forced there first, then carried out here, and what the tables
 * lose they get back from it. Without a log, the database's own commit is trusted.
 */
final class LoggedTables implements AutoCloseable {
    private final Transactions transactions;
    private final Schema schema;
    private final FailureSentences failures;
    private final Optional<ChangeLog> log;
    private final ReentrantLock changing = new ReentrantLock();
    /** Set when the tables may lack what the log holds: H2 closes itself when it cannot write, and forgets. */
    private volatile boolean behind;
    /** Whether the tables are being made from the first change on. */
    private boolean anew;
    /** The last change of the log that a transaction has committed. */
    private volatile long committed;

    LoggedTables(Transactions transactions, Schema schema, FailureSentences failures, Optional<ChangeLog> log) {
        this.transactions = transactions;
        this.schema = schema;
        this.failures = failures;
        this.log = log;
        this.behind = log.isPresent();
    }

    /** Runs a query; what goes wrong comes out as a {@link StorageException}. */
    <T> T read(Function<Handle, T> query) {
        Function<Handle, T> current = handle -> {
            requireCurrent(handle);
            return query.apply(handle);
        };
        try {
            if (behind) catchUp();
            try {
                return transactions.read(current);
            } catch (TablesBehind e) {
                behind = true;
                catchUp();
                return transactions.read(current);
            }
        } catch (RuntimeException | IOException e) {
            throw failed(e);
        }
    }

    /**
     * Compares the tables with the log.
     *
     * @param lastSeq the journal lines up to this one are compared
     * @return the first difference, as a sentence; empty when there is none, and where no log is kept
     */
    Optional<String> differenceFromLog(LogComparison.Tables tables, long lastSeq) {
        if (log.isEmpty()) return Optional.empty();
        try {
            long before = log.get().firstNumber() - 1;
            long through;
            LogComparison comparison;
            changing.lock();
            try {
                through = log.get().lastNumber();
                comparison = new LogComparison(tables, lastSeq, before == 0);
            } finally {
                changing.unlock();
            }
            log.get().replay(before, through, comparison::next);
            return comparison.end();
        } catch (IOException e) {
            throw failures.explain(e);
        } catch (StorageException e) {
            if (e.code() == Code.DAMAGED) return Optional.of(e.getMessage());
            throw e;
        }
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
            if (log.isEmpty()) return transactions.change(handle -> ChangeSql.apply(handle, change));
            LogRecord record = new LogRecord(log.get().lastNumber() + 1, change);
            log.get().append(record);
            return apply(record);
        } catch (RuntimeException | IOException e) {
            throw failed(e);
        } finally {
            changing.unlock();
        }
    }

    /** Carries out what the log holds. A change that the tables refuse now they refuse in every repetition. */
    private boolean apply(LogRecord record) {
        try {
            return inStep(record.number(), handle -> ChangeSql.apply(handle, record.change()));
        } catch (RuntimeException e) {
            if (failures.explain(e).code() == Code.CONFLICT) inStep(record.number(), handle -> false);
            throw e;
        }
    }

    /** Changes the tables and notes how far they have come. */
    private boolean inStep(long number, Function<Handle, Boolean> work) {
        boolean changed = transactions.change(handle -> {
            requireCurrent(handle);
            boolean answer = work.apply(handle);
            AppliedChange.set(handle, number);
            return answer;
        });
        committed = number;
        return changed;
    }

    /** H2 closes itself when it cannot write; opened again by the next connection, it has forgotten what was last. */
    private void requireCurrent(Handle handle) {
        if (log.isPresent() && AppliedChange.number(handle) < committed) throw new TablesBehind();
    }

    /** Does again what the log holds and the tables lack; a young database may lack the tables themselves. */
    void catchUp() throws IOException {
        changing.lock();
        try {
            if (!behind || log.isEmpty()) return;
            schema.bringUpToDate();
            long last = log.get().lastNumber();
            long applied = transactions.read(AppliedChange::number);
            if (applied > last) throw logTooShort(applied, last);
            committed = applied;
            anew = applied == 0;
            if (applied < last) log.get().replay(applied, last, this::doAgain);
            behind = false;
        } finally {
            changing.unlock();
        }
    }

    /** What the tables refused they refuse again. Rows that are there before their change are left over from a crash. */
    private void doAgain(LogRecord record) {
        try {
            apply(record);
        } catch (RuntimeException e) {
            StorageException explained = failures.explain(e);
            if (explained.code() != Code.CONFLICT) throw e;
            boolean leftOver = record.change() instanceof Change.Journalled && e != explained;
            if (leftOver && !anew) throw new LeftOverRows(record.number());
        }
    }

    /** H2 shows rows of a change that it had not finished; the tables have to be made anew. */
    static final class LeftOverRows extends RuntimeException {
        LeftOverRows(long change) {
            super("Change " + change + " finds rows of itself");
        }
    }

    private static StorageException logTooShort(long applied, long last) {
        return new StorageException(
                Code.DAMAGED,
                "The change log ends with change " + last + ", but the database holds change " + applied
                        + ". Restore the data folder from a backup.");
    }

    private StorageException failed(Exception failure) {
        StorageException explained = failures.explain(failure);
        behind = log.isPresent();
        if (explained.code().mayPass()) transactions.connectAgain();
        return explained;
    }

    @Override
    public void close() {
        changing.lock();
        try {
            transactions.close();
            if (log.isPresent()) log.get().close();
        } catch (IOException e) {
            throw failures.explain(e);
        } finally {
            changing.unlock();
        }
    }

    /** The tables lack changes that were committed. */
    private static final class TablesBehind extends RuntimeException {}
}
