package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Why;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Double-entry accounts with holds, in memory: what may happen, decided exactly. No clock, no disk, no threads; one
 * caller at a time. The data model is TigerBeetle's: four totals for each account, chains of transfers that happen
 * together or not at all, ids that make repetition harmless.
 */
final class Book {
    private final Map<AccountId, Totals> accounts = new HashMap<>();
    /** In order of their end, because all holds last equally long. */
    private final LinkedHashMap<TransferId, OpenHold> holds = new LinkedHashMap<>();

    private final Map<AccountId, AccountId> promoByConsumer = new HashMap<>();
    private final RecentTransfers recent;
    private final long holdTimeOutNanos;
    private int giftHolds;

    /** @param rememberedTransfers how many ended transfers are recognized when they come again */
    Book(Duration holdTimeOut, int rememberedTransfers) {
        this.holdTimeOutNanos = holdTimeOut.toNanos();
        this.recent = new RecentTransfers(rememberedTransfers);
    }

    /** @return false when the account is open already */
    boolean open(AccountId account) {
        if (accounts.putIfAbsent(account, Totals.ZERO) != null) return false;
        if (AccountKind.isPromo(account)) promoByConsumer.put(AccountKind.consumerOf(account), account);
        return true;
    }

    /** The account of this consumer's gifts, when there is one. */
    Optional<AccountId> promoOf(AccountId consumer) {
        return Optional.ofNullable(promoByConsumer.get(consumer));
    }

    /** What may still be debited from this account; nothing when it is not open. */
    Credits available(AccountId account) {
        Totals totals = accounts.get(account);
        return totals == null ? Credits.ZERO : totals.available();
    }

    /**
     * Does all of these transfers or none.
     *
     * @param nowNanos a clock that never goes back; holds of this chain end one time-out after it
     */
    Answer apply(List<Transfer> chain, long nowNanos) {
        Optional<Answer> before = before(chain);
        if (before.isPresent()) return before.get();
        Draft draft = new Draft(accounts, holds);
        for (Transfer transfer : chain) {
            Optional<Refused> refused = draft.add(transfer);
            if (refused.isPresent()) return refused.get();
        }
        accounts.putAll(draft.totals());
        for (Transfer transfer : chain) remember(transfer, nowNanos);
        return new Answer.Applied(draft.entries());
    }

    private Optional<Answer> before(List<Transfer> chain) {
        int repeated = 0;
        for (Transfer transfer : chain) {
            Optional<Transfer> known = known(transfer.id());
            if (known.isEmpty()) continue;
            if (!known.get().equals(transfer)) return Optional.of(used(transfer));
            repeated++;
        }
        if (repeated == 0) return Optional.empty();
        return Optional.of(repeated == chain.size() ? new Answer.Repeated() : used(chain.getFirst()));
    }

    private Optional<Transfer> known(TransferId id) {
        OpenHold open = holds.get(id);
        return open != null ? Optional.of(open.hold()) : recent.find(id);
    }

    private static Refused used(Transfer transfer) {
        return new Refused(
                Why.ID_USED, transfer.id(), "The id " + transfer.id() + " was used before, for something else");
    }

    private void remember(Transfer transfer, long nowNanos) {
        switch (transfer) {
            case Transfer.Hold hold -> {
                holds.put(hold.id(), new OpenHold(hold, nowNanos + holdTimeOutNanos));
                if (AccountKind.isPromo(hold.debit())) giftHolds++;
            }
            case Transfer.Post post -> recent.add(post);
            case Transfer.Release release -> {
                Transfer.Hold ended = holds.remove(release.hold()).hold();
                if (AccountKind.isPromo(ended.debit())) giftHolds--;
                recent.add(ended);
                recent.add(release);
            }
        }
    }

    /** The open holds whose time is over. */
    List<TransferId> timedOut(long nowNanos) {
        List<TransferId> ended = new ArrayList<>();
        for (OpenHold open : holds.values()) {
            // The difference, because the values of such a clock may wrap around.
            if (open.expiresAtNanos() - nowNanos > 0) break;
            ended.add(open.hold().id());
        }
        return ended;
    }

    Optional<Transfer.Hold> openHold(TransferId id) {
        return Optional.ofNullable(holds.get(id)).map(OpenHold::hold);
    }

    List<TransferId> openHolds() {
        return List.copyOf(holds.keySet());
    }

    /** How many jobs have money set aside; what gifts cover of a job is no job of its own. */
    int openHoldCount() {
        return holds.size() - giftHolds;
    }

    Optional<Totals> totals(AccountId account) {
        return Optional.ofNullable(accounts.get(account));
    }

    /** All accounts as they are now, by id; a copy. */
    Map<AccountId, Totals> allTotals() {
        return Collections.unmodifiableMap(new TreeMap<>(accounts));
    }

    /** The first rule that does not hold, as a sentence. */
    Optional<String> fault() {
        return Invariants.firstFault(accounts, holds.values());
    }
}
