package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.StorageException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database and, after a crash, adds all of the ledger's tables up before anybody uses them. Those that contradict the
 * change log are made anew from it: docs/decisions/0035-after-a-crash.md.
 */
public final class SoundTables {
    private static final Logger LOG = LoggerFactory.getLogger(SoundTables.class);

    private SoundTables() {}

    /** @throws StorageException when it cannot be opened */
    public static Database open(DatabaseAddress address) {
        Database database = Database.open(address);
        if (!database.isDoubtful() || !(address instanceof DatabaseAddress.Embedded file)) return database;
        try {
            LOG.info("The last run did not end cleanly; the ledger's tables are checked.");
            Optional<String> fault = faultOf(database);
            if (fault.isEmpty()) return database;
            LOG.warn("After the crash the tables are wrong ({}). They are made anew from the journal.", fault.get());
        } catch (RuntimeException e) {
            database.abandon();
            throw e;
        }
        database.abandon();
        return Database.openAnew(file);
    }

    private static Optional<String> faultOf(Database database) {
        long lastSeq = database.ledger().head().lastSeq();
        Book book = new Book(LedgerSettings.STANDARD.holdTimeOut(), 0);
        Replay replay = new Replay(database.ledger(), book, new SpendingBook(), new Gifts());
        return replay.run(database.ledger().accounts(), lastSeq)
                .or(() -> database.ledger().differenceFromLog(lastSeq))
                .or(new ExplorerAudit(database.explorer(), database.leaves())::run);
    }
}
