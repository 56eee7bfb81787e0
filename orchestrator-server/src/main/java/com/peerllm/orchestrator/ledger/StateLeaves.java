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
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the leaves that commit to all balances, from balances of its own: those after exactly the leaves that are written. The
 * {@link Book} is ahead of the journal and would say more.
 *
 * <p>With many accounts, their names in the tree are made beside the journal's thread first, and the leaf follows when they are
 * there; only its tree is then made by that thread. At the start nothing else is to be written yet, and all of it is made there.
 *
 * <p>For the journal's thread alone, but for {@link #newest}.
 */
final class StateLeaves {
    private static final Logger LOG = LoggerFactory.getLogger(StateLeaves.class);

    private final Map<AccountId, Credits> balances = new HashMap<>();
    private final Map<AccountKind, Credits> sums = new EnumMap<>(AccountKind.class);
    private final ConsumerPseudonyms pseudonyms;
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor elsewhere;
    private final int asideFrom;
    private Optional<StateNames> prepared = Optional.empty();
    private long madeAtNanos;
    /** Leaves up to and including the last state; what follows is not in it. */
    private long covered;

    private boolean owed;
    private Optional<ProvenState> underway = Optional.empty();
    private volatile Optional<ProvenState> newest = Optional.empty();

    /**
     * @param atStart what every account has
     * @param leafCount leaves of the log before
     * @param elsewhere where the names of many accounts are made, beside the journal's thread
     * @param asideFrom how many accounts are many
     */
    StateLeaves(
            Map<AccountId, Totals> atStart,
            long leafCount,
            ConsumerPseudonyms pseudonyms,
            LedgerSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            Executor elsewhere,
            int asideFrom) {
        atStart.forEach((account, totals) -> add(account, totals.balance()));
        this.pseudonyms = pseudonyms;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.elsewhere = elsewhere;
        this.asideFrom = asideFrom;
        this.madeAtNanos = nanoTime.getAsLong();
        this.owed = settings.stateAtStart() || leafCount == 0;
    }

    /** The leaf that must come next, as text; empty when none is due. It counts as made when {@link #written} is called. */
    Optional<String> due(long leafCount) {
        boolean old =
                nanoTime.getAsLong() - madeAtNanos >= settings.stateEvery().toNanos();
        if (!owed && !(old && leafCount > covered)) return Optional.empty();
        if (!owed && balances.size() >= asideFrom && !namesAreThere()) return Optional.empty();
        ProvenState made = make(leafCount);
        underway = Optional.of(made);
        return Optional.of(made.leaf().text());
    }

    /** Begins to make the names for the next state. */
    void prepare() {
        if (prepared.isEmpty()) {
            prepared = Optional.of(StateNames.making(clock.millis(), balances.keySet(), pseudonyms, elsewhere));
        }
    }

    private boolean namesAreThere() {
        prepare();
        Optional<Throwable> failure = prepared.get().failure();
        if (failure.isEmpty()) return prepared.get().areMade();
        LOG.error("The state leaf that is due could not be made and will be tried again", failure.get());
        prepared = Optional.empty();
        return false;
    }

    private ProvenState make(long index) {
        StateNames named = prepared.orElseGet(() -> StateNames.of(clock.millis(), balances.keySet(), pseudonyms));
        prepared = Optional.empty();
        SortedMap<AccountId, Credits> tree = new TreeMap<>();
        named.names().forEach((name, account) -> tree.put(name, balances.get(account)));
        return ProvenState.of(index, named.timeMillis(), sums, tree);
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
        for (AccountId account : opened) {
            balances.putIfAbsent(account, Credits.ZERO);
            prepared.ifPresent(names -> names.opened(account));
        }
        for (TransferRow transfer : transfers) {
            if (transfer.phase() != Phase.POST) continue;
            add(transfer.debit(), Credits.ZERO.minus(transfer.amount()));
            add(transfer.credit(), transfer.amount());
        }
    }

    private void add(AccountId account, Credits amount) {
        balances.merge(account, amount, Credits::plus);
        sums.merge(AccountKind.of(account).orElseThrow(), amount, Credits::plus);
    }

    /** The last one that no crash can undo. For any thread. */
    Optional<ProvenState> newest() {
        return newest;
    }
}
