package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.shared.identity.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Adds everything up again while the ledger runs: the rules hold in memory, the account table equals memory, and the
 * journal, done again from its first line, ends in the account table and is what was forced to the disk. Then
 * the explorer's sums are compared with the log.
 *
 * <p>Memory is copied between two decisions, the account table is read when exactly those before are written, and the
 * journal is read up to the line it then had; its lines never change.
 */
final class Audit {
    private final LiveBook live;
    private final LedgerStore store;
    private final ExplorerAudit explorer;
    private final LedgerSettings settings;

    Audit(LiveBook live, LedgerStore store, ExplorerAudit explorer, LedgerSettings settings) {
        this.live = live;
        this.store = store;
        this.explorer = explorer;
        this.settings = settings;
    }

    /** @throws LedgerException with code {@code UNAVAILABLE} when the ledger cannot write or read */
    AuditReport run() {
        Moment moment = live.decide(book -> {
            Operation.Compare compare = new Operation.Compare(new CompletableFuture<>());
            live.ask(compare);
            return new Moment(book.allTotals(), book.openHoldCount(), book.fault(), compare.done());
        });
        Operation.Tables tables = await(moment.tables());
        Replay replay = new Replay(store, new Book(settings.holdTimeOut(), 0), new SpendingBook(), new Gifts());
        Optional<String> fault = moment.fault()
                .or(() -> Replay.difference(moment.memory(), tables.accounts(), "memory"))
                .or(() -> replay.run(tables.accounts(), tables.lastSeq()))
                .or(() -> store.differenceFromLog(tables.lastSeq()))
                .or(explorer::run);
        return new AuditReport(
                tables.lastSeq(), replay.settlementCount(), moment.memory().size(), moment.openHolds(), fault);
    }

    private static Operation.Tables await(CompletableFuture<Operation.Tables> tables) {
        try {
            return tables.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException refused) throw refused;
            throw e;
        }
    }

    private record Moment(
            Map<AccountId, Totals> memory,
            int openHolds,
            Optional<String> fault,
            CompletableFuture<Operation.Tables> tables) {}
}
