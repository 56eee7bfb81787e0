package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Makes the leaves that commit to all balances, from balances of its own: those after exactly the leaves that are written. The
 * {@link Book} is ahead of the journal and would say more.
 *
 * <p>For the journal's thread alone, but for {@link #newest}.
 */
final class StateLeaves {
    private final Map<AccountId, Credits> balances = new HashMap<>();
    private final ConsumerPseudonyms pseudonyms;
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long madeAtNanos;
    /** Leaves up to and including the last state; what follows is not in it. */
    private long covered;

    private boolean owed;
    private Optional<ProvenState> underway = Optional.empty();
    private volatile Optional<ProvenState> newest = Optional.empty();

    /**
     * @param atStart what every account has
     * @param leafCount leaves of the log before
     */
    StateLeaves(
            Map<AccountId, Totals> atStart,
            long leafCount,
            ConsumerPseudonyms pseudonyms,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime) {
        atStart.forEach((account, totals) -> balances.put(account, totals.balance()));
        this.pseudonyms = pseudonyms;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.madeAtNanos = nanoTime.getAsLong();
        this.owed = settings.stateAtStart() || leafCount == 0;
    }

    /** The leaf that must come next, as text; empty when none is due. It counts as made when {@link #written} is called. */
    Optional<String> due(long leafCount) {
        boolean old =
                nanoTime.getAsLong() - madeAtNanos >= settings.stateEvery().toNanos();
        if (!owed && !(old && leafCount > covered)) return Optional.empty();
        ProvenState made = make(leafCount);
        underway = Optional.of(made);
        return Optional.of(made.leaf().text());
    }

    private ProvenState make(long index) {
        long now = clock.millis();
        Map<AccountKind, Credits> sums = new EnumMap<>(AccountKind.class);
        SortedMap<AccountId, Credits> named = new TreeMap<>();
        balances.forEach((account, balance) -> {
            AccountKind kind = AccountKind.of(account).orElseThrow();
            sums.merge(kind, balance, Credits::plus);
            if (kind != AccountKind.MINT && kind != AccountKind.ESCROW) {
                named.put(new AccountId(pseudonyms.publicName(account, ProvenState.context(now))), balance);
            }
        });
        return ProvenState.of(index, now, sums, named);
    }

    /** These lines are durable, and with them the state that was due. */
    void written(List<AccountId> opened, List<TransferRow> transfers) {
        if (underway.isPresent()) {
            newest = underway;
            covered = underway.get().index() + 1;
            underway = Optional.empty();
            owed = false;
            madeAtNanos = nanoTime.getAsLong();
        }
        opened.forEach(account -> balances.putIfAbsent(account, Credits.ZERO));
        for (TransferRow transfer : transfers) {
            if (transfer.phase() != Phase.POST) continue;
            balances.compute(
                    transfer.debit(), (account, before) -> orZero(before).minus(transfer.amount()));
            balances.compute(
                    transfer.credit(), (account, before) -> orZero(before).plus(transfer.amount()));
        }
    }

    private static Credits orZero(Credits balance) {
        return balance == null ? Credits.ZERO : balance;
    }

    /** The last one that no crash can undo. For any thread. */
    Optional<ProvenState> newest() {
        return newest;
    }
}
