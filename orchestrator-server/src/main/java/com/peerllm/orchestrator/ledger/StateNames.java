package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The accounts under the names and in the order that they have in the tree of one state leaf. The names depend on the leaf's time,
 * and making them is most of the work of such a leaf: a commitment for each consumer, out of a file where it is not in memory.
 * So they can be made beforehand, for a time that is chosen then.
 */
final class StateNames {
    private final long timeMillis;
    private final ConsumerPseudonyms pseudonyms;
    private final CompletableFuture<SortedMap<AccountId, AccountId>> made;
    private final List<AccountId> since = new ArrayList<>();

    private StateNames(
            long timeMillis, ConsumerPseudonyms pseudonyms, CompletableFuture<SortedMap<AccountId, AccountId>> made) {
        this.timeMillis = timeMillis;
        this.pseudonyms = pseudonyms;
        this.made = made;
    }

    /** Makes them elsewhere. @param accounts looked at only now */
    static StateNames making(
            long timeMillis, Collection<AccountId> accounts, ConsumerPseudonyms pseudonyms, Executor elsewhere) {
        List<AccountId> now = List.copyOf(accounts);
        return new StateNames(
                timeMillis,
                pseudonyms,
                CompletableFuture.supplyAsync(() -> named(timeMillis, now, pseudonyms), elsewhere));
    }

    /** Makes them here. */
    static StateNames of(long timeMillis, Collection<AccountId> accounts, ConsumerPseudonyms pseudonyms) {
        return new StateNames(
                timeMillis, pseudonyms, CompletableFuture.completedFuture(named(timeMillis, accounts, pseudonyms)));
    }

    private static SortedMap<AccountId, AccountId> named(
            long timeMillis, Collection<AccountId> accounts, ConsumerPseudonyms pseudonyms) {
        SortedMap<AccountId, AccountId> names = new TreeMap<>();
        for (AccountId account : accounts) add(names, timeMillis, account, pseudonyms);
        return names;
    }

    private static void add(
            SortedMap<AccountId, AccountId> names, long timeMillis, AccountId account, ConsumerPseudonyms pseudonyms) {
        AccountKind kind = AccountKind.of(account).orElseThrow();
        if (kind == AccountKind.MINT || kind == AccountKind.ESCROW) return;
        names.put(new AccountId(pseudonyms.publicName(account, ProvenState.context(timeMillis))), account);
    }

    /** An account that was opened since. */
    void opened(AccountId account) {
        since.add(account);
    }

    long timeMillis() {
        return timeMillis;
    }

    boolean areMade() {
        return made.isDone();
    }

    /** Why they could not be made; empty when they could. */
    Optional<Throwable> failure() {
        return made.isCompletedExceptionally() ? Optional.of(made.exceptionNow()) : Optional.empty();
    }

    /** Each account by its name in the tree; waits for it. */
    SortedMap<AccountId, AccountId> names() {
        SortedMap<AccountId, AccountId> names = made.join();
        for (AccountId account : since) add(names, timeMillis, account, pseudonyms);
        since.clear();
        return names;
    }
}
