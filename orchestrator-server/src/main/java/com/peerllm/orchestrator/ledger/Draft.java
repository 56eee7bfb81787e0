package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Why;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chain of transfers on trial: the totals as they would be, leaving the book as it is. */
final class Draft {
    private final Map<AccountId, Totals> accounts;
    private final Map<TransferId, OpenHold> holds;
    private final Map<AccountId, Totals> changed = new HashMap<>();
    private final Set<TransferId> seen = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();
    /** The account whose totals were looked at last. */
    private AccountId touched;

    Draft(Map<AccountId, Totals> accounts, Map<TransferId, OpenHold> holds) {
        this.accounts = accounts;
        this.holds = holds;
    }

    Map<AccountId, Totals> totals() {
        return changed;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** @return why the chain cannot happen; empty while it can */
    Optional<Refused> add(Transfer transfer) {
        if (!seen.add(transfer.id())) {
            return refuse(Why.ID_USED, transfer, "The id " + transfer.id() + " occurs twice in one chain");
        }
        try {
            return switch (transfer) {
                case Transfer.Post post -> post(post);
                case Transfer.Hold hold -> hold(hold);
                case Transfer.Release release -> release(release);
            };
        } catch (ArithmeticException e) {
            return refuse(
                    Why.OUT_OF_RANGE,
                    transfer,
                    touched + " has no room for " + transfer.id() + ": its totals are numbers of 64 bits");
        }
    }

    private Optional<Refused> post(Transfer.Post post) {
        Optional<Refused> unknown = requireAccounts(post, post.debit(), post.credit());
        if (unknown.isPresent()) return unknown;
        change(post.debit(), now(post.debit()).debit(post.amount()));
        change(post.credit(), now(post.credit()).credit(post.amount()));
        entries.add(new Entry(Entry.Kind.POST, post.id(), post.debit(), post.credit(), post.amount()));
        return requireFunds(post, post.debit(), post.amount());
    }

    private Optional<Refused> hold(Transfer.Hold hold) {
        Optional<Refused> unknown = requireAccounts(hold, hold.debit(), hold.credit());
        if (unknown.isPresent()) return unknown;
        change(hold.debit(), now(hold.debit()).holdDebit(hold.amount()));
        change(hold.credit(), now(hold.credit()).holdCredit(hold.amount()));
        entries.add(new Entry(Entry.Kind.HOLD, hold.id(), hold.debit(), hold.credit(), hold.amount()));
        return requireFunds(hold, hold.debit(), hold.amount());
    }

    private Optional<Refused> release(Transfer.Release release) {
        OpenHold open = holds.get(release.hold());
        if (open == null) {
            return refuse(Why.NO_SUCH_HOLD, release, "There is no open hold " + release.hold());
        }
        Transfer.Hold hold = open.hold();
        change(hold.debit(), now(hold.debit()).releaseDebit(hold.amount()));
        change(hold.credit(), now(hold.credit()).releaseCredit(hold.amount()));
        entries.add(new Entry(Entry.Kind.RELEASE, release.id(), hold.debit(), hold.credit(), hold.amount()));
        return Optional.empty();
    }

    private Totals now(AccountId account) {
        touched = account;
        Totals drafted = changed.get(account);
        return drafted != null ? drafted : accounts.get(account);
    }

    private void change(AccountId account, Totals totals) {
        changed.put(account, totals);
    }

    private Optional<Refused> requireAccounts(Transfer transfer, AccountId debit, AccountId credit) {
        for (AccountId account : List.of(debit, credit)) {
            if (!accounts.containsKey(account)) {
                return refuse(Why.UNKNOWN_ACCOUNT, transfer, "There is no account " + account);
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> requireFunds(Transfer transfer, AccountId debit, Credits needed) {
        if (AccountKind.mayGoNegative(debit) || !now(debit).available().isNegative()) return Optional.empty();
        Credits had = accounts.get(debit).available();
        return refuse(Why.INSUFFICIENT_FUNDS, transfer, debit + " has " + had + " to spend, and needs " + needed);
    }

    private static Optional<Refused> refuse(Why why, Transfer transfer, String sentence) {
        return Optional.of(new Refused(why, transfer.id(), sentence));
    }
}
