package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.AccountRow;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the whole journal, page by page, and does everything in it again on an empty book. */
final class Replay {
    /** The cause that the journal gives for the lines of a settlement. */
    static final String SETTLEMENT = "settlement";

    private static final long PAGE = 10_000;

    private final LedgerStore store;
    private final Book book;
    private final SpendingBook spending;
    private final Gifts gifts;
    private final SettlementCheck settlements = new SettlementCheck();

    /**
     * @param book where it is done; empty
     * @param spending where the settlements are counted to their keys; empty
     * @param gifts where gifts that end are noted; empty
     */
    Replay(LedgerStore store, Book book, SpendingBook spending, Gifts gifts) {
        this.store = store;
        this.book = book;
        this.spending = spending;
        this.gifts = gifts;
    }

    /**
     * Does the lines up to and including this one.
     *
     * @param tables the accounts with the totals that must come out
     * @return the first contradiction, as a sentence; empty when the journal, the settlements and the totals agree
     */
    Optional<String> run(List<AccountRow> tables, long lastSeq) {
        tables.forEach(account -> book.open(account.id()));
        for (long seq = 0; seq < lastSeq; seq += PAGE) {
            Optional<String> fault = page(seq, Math.min(seq + PAGE, lastSeq));
            if (fault.isPresent()) return fault;
        }
        return settlements.end().or(book::fault).or(() -> difference(book.allTotals(), tables, "the journal"));
    }

    private Optional<String> page(long after, long through) {
        List<SettlementRow> settled = store.settlements(after, through);
        settlements.expect(settled);
        settled.forEach(this::count);
        long expected = after;
        for (TransferRow line : store.transfers(after, through)) {
            expected++;
            if (line.seq() != expected) return Optional.of("Journal line " + expected + " is missing");
            Optional<String> fault =
                    readAndDoAgain(line).or(() -> settlements.next(line)).or(() -> causeOf(line));
            if (fault.isPresent())
                return Optional.of("Journal line " + line.seq() + " (" + line.id() + "): " + fault.get());
            gifts.credited(line);
        }
        return expected == through ? Optional.empty() : Optional.of("Journal line " + (expected + 1) + " is missing");
    }

    /** Money moves between such accounts only for a reason that allows it; so gifts, for one, are never paid out. */
    private static Optional<String> causeOf(TransferRow line) {
        if (line.phase() != Phase.POST || line.cause().equals(SETTLEMENT)) return Optional.empty();
        Transfer.Post post = new Transfer.Post(new TransferId(line.id()), line.debit(), line.credit(), line.amount());
        boolean allowed =
                LedgerCause.of(line.cause()).filter(cause -> cause.allows(post)).isPresent();
        return allowed
                ? Optional.empty()
                : Optional.of("no '" + line.cause() + "' goes from " + line.debit() + " to " + line.credit());
    }

    private void count(SettlementRow settled) {
        settled.keyId()
                .ifPresent(key ->
                        spending.charged(key, settled.charged(), Instant.ofEpochMilli(settled.settledAtMillis())));
    }

    /** Ids and transfers refuse what they cannot be: then the row was not written by this program. */
    private Optional<String> readAndDoAgain(TransferRow line) {
        try {
            return doAgain(line);
        } catch (IllegalArgumentException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> doAgain(TransferRow line) {
        return switch (book.apply(List.of(transfer(line)), 0)) {
            case Answer.Applied(List<Entry> entries) when says(line, entries.getFirst()) -> Optional.empty();
            case Answer.Applied applied -> Optional.of("it does not end the hold that it names");
            case Answer.Repeated() -> Optional.of("its id occurs twice");
            case Answer.Refused refused -> Optional.of(refused.sentence());
        };
    }

    private static Transfer transfer(TransferRow line) {
        TransferId id = new TransferId(line.id());
        return switch (line.phase()) {
            case POST -> new Transfer.Post(id, line.debit(), line.credit(), line.amount());
            case HOLD -> new Transfer.Hold(id, line.debit(), line.credit(), line.amount());
            case RELEASE -> new Transfer.Release(id.ended());
        };
    }

    private static boolean says(TransferRow line, Entry entry) {
        return line.debit().equals(entry.debit())
                && line.credit().equals(entry.credit())
                && line.amount().equals(entry.amount());
    }

    long settlementCount() {
        return settlements.count();
    }

    /** How these totals differ from the account table; empty when they are equal. */
    static Optional<String> difference(Map<AccountId, Totals> totals, List<AccountRow> tables, String source) {
        for (AccountRow row : tables) {
            Totals other = totals.get(row.id());
            if (other == null) return Optional.of(row.id() + " is in the account table and not in " + source);
            if (!totals(row).equals(other)) {
                return Optional.of(
                        row.id() + " has " + totals(row) + " in the account table, but " + other + " in " + source);
            }
        }
        if (tables.size() == totals.size()) return Optional.empty();
        return Optional.of("The account table has " + tables.size() + " accounts, " + source + " has " + totals.size());
    }

    private static Totals totals(AccountRow row) {
        AccountRow.TotalsRow totals = row.totals();
        return new Totals(
                new Credits(totals.debitsPosted()),
                new Credits(totals.creditsPosted()),
                new Credits(totals.debitsPending()),
                new Credits(totals.creditsPending()));
    }
}
