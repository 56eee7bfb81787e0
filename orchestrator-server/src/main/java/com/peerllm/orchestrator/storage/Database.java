package com.peerllm.orchestrator.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database: the tables at this program's version, and one store for each subject.
 *
 * <p>Every call may wait for the disk, so none belongs on an event loop. Safe for many threads; changes happen one at a
 * time.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** What a damaged database file is called when it has been replaced. */
    private static final String DAMAGED = "orchestrator.mv.db.damaged";

    private final LoggedTables tables;
    /** Changes of this many bytes are done again in some seconds. */
    private static final long QUICKLY_DONE_AGAIN = 32L << 20;

    private final DatabaseAddress address;

    private final Optional<CleanEnd> end;
    private final boolean remade;

    private Database(LoggedTables tables, DatabaseAddress address, Optional<CleanEnd> end, boolean remade) {
        this.tables = tables;
        this.address = address;
        this.end = end;
        this.remade = remade;
    }

    /**
     * Whether the tables may hold a part of a change that was never finished: after a crash, when they were not made anew. H2 writes
     * its file while changes are being made, and does not always take back what it must.
     */
    public boolean isDoubtful() {
        return !remade && end.isPresent() && !end.get().wasClean();
    }

    /** Closes it so that the next who opens it knows of the crash before. */
    public void abandon() {
        tables.close();
        end.ifPresent(CleanEnd::letGo);
    }

    /** @throws StorageException when it cannot be opened; the sentence says what to do */
    public static Database open(DatabaseAddress address) {
        return open(address, Disk.REAL);
    }

    static Database open(DatabaseAddress address, Disk disk) {
        if (disk != Disk.REAL || !(address instanceof DatabaseAddress.Embedded file)) {
            return open(address, disk, Optional.empty(), false);
        }
        CleanEnd end = take(file);
        try {
            boolean remade = !end.wasClean() && distrusted(file.folder());
            return open(file, disk, Optional.of(end), remade);
        } catch (RuntimeException e) {
            end.letGo();
            throw e;
        }
    }

    /**
     * Opens it with tables that are made anew from the change log, where that has everything from the first change on; else as it
     * is.
     *
     * @throws StorageException when it cannot be opened
     */
    public static Database openAnew(DatabaseAddress.Embedded address) {
        CleanEnd end = take(address);
        try {
            return open(address, Disk.REAL, Optional.of(end), moveAway(address.folder()));
        } catch (RuntimeException e) {
            end.letGo();
            throw e;
        }
    }

    private static CleanEnd take(DatabaseAddress.Embedded file) {
        FailureSentences failures = new FailureSentences(file);
        try {
            return CleanEnd.take(file.folder()).orElseThrow(failures::locked);
        } catch (IOException e) {
            throw failures.explain(e);
        }
    }

    private static Database open(DatabaseAddress address, Disk disk, Optional<CleanEnd> end, boolean remade) {
        try {
            return new Database(tables(address, disk), address, end, remade);
        } catch (StorageException e) {
            boolean replaced = address instanceof DatabaseAddress.Embedded(Path folder)
                    && FailureSentences.isDamageOfH2(e)
                    && moveAway(folder);
            if (!replaced) throw e;
            LOG.warn(
                    "{} The damaged file is now {}; the database is made anew from the journal.",
                    e.getMessage(),
                    DAMAGED);
            return new Database(tables(address, disk), address, end, true);
        }
    }

    /** After a crash H2's file may hold a part of a change; where doing all again is quick, nobody has to find out. */
    private static boolean distrusted(Path folder) {
        try {
            boolean quick = ChangeLog.bytes(folder.resolve("journal")) <= QUICKLY_DONE_AGAIN;
            if (!quick || !moveAway(folder)) return false;
            LOG.info("The last run did not end cleanly; the tables are made anew from the journal.");
            return true;
        } catch (IOException e) {
            LOG.warn("The journal in {} cannot be looked at", folder, e);
            return false;
        }
    }

    /**
     * After a power cut H2's file may be damaged: it is never forced while it is in use. When the change log has everything
     * from the first change on, the file is not needed.
     */
    private static boolean moveAway(Path folder) {
        Path file = folder.resolve("orchestrator.mv.db");
        if (!Files.exists(file) || !Files.exists(LogSegment.fileOf(folder.resolve("journal"), 1))) return false;
        try {
            Files.move(file, folder.resolve(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            LOG.error("{} cannot be moved away", file, e);
            return false;
        }
    }

    private static LoggedTables tables(DatabaseAddress address, Disk disk) {
        FailureSentences failures = new FailureSentences(address);
        try {
            Connections connections = Connections.open(address, disk);
            Transactions transactions = new Transactions(connections);
            try {
                if (address instanceof DatabaseAddress.Jdbc) requireForcedWrites(transactions, address);
                Schema schema = new Schema(connections.readers());
                schema.bringUpToDate();
                Optional<ChangeLog> log = log(address, disk, transactions);
                LoggedTables tables = new LoggedTables(transactions, schema, failures, log);
                tables.catchUp();
                return tables;
            } catch (RuntimeException | IOException e) {
                transactions.close();
                throw e;
            }
        } catch (RuntimeException | IOException e) {
            throw failures.explain(e);
        }
    }

    /** Each connection sees to it that commits wait for the disk; that the server forces the disk it must see to itself. */
    private static void requireForcedWrites(Transactions transactions, DatabaseAddress address) {
        String fsync = transactions.read(
                handle -> handle.createQuery("show fsync").mapTo(String.class).one());
        if (fsync.equals("off")) {
            throw new StorageException(
                    StorageException.Code.NOT_DURABLE,
                    "The database at " + address.place()
                            + " runs with fsync = off, so a power cut can take payments that"
                            + " were confirmed. Set fsync = on in its configuration and start it again.");
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

    /** What helps when the tables contradict each other, as a sentence. */
    public String howToMend() {
        return switch (address) {
            case DatabaseAddress.Embedded folder ->
                "Move orchestrator.mv.db away and start again, and it is made anew from the journal folder beside it; if"
                        + " that does not help, restore the data folder from a backup.";
            case DatabaseAddress.Jdbc elsewhere -> "Restore the database from a backup.";
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

    public PayoutStore payouts() {
        return new PayoutStore(this);
    }

    public EarningsStore earnings() {
        return new EarningsStore(this);
    }

    public VoucherStore vouchers() {
        return new VoucherStore(this);
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

    /** How the tables differ from the change log, as {@link LedgerStore#differenceFromLog}. */
    Optional<String> differenceFromLog(long lastSeq) {
        return tables.differenceFromLog(
                new LogComparison.Tables(ledger(), receipts(), leaves(), apiKeys(), models()), lastSeq);
    }

    @Override
    public void close() {
        tables.close();
        end.ifPresent(CleanEnd::closed);
    }
}
