package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.util.Optional;

/** Whether a job's worst case could be set aside. */
public sealed interface HoldDecision {

    /** The money is set aside until the job is settled or released, or the hold times out. */
    record Held(Credits amount) implements HoldDecision {}

    /** @param available what the account can still spend */
    record InsufficientFunds(Credits available, Credits needed) implements HoldDecision {}

    /**
     * The key that asks may not spend so much.
     *
     * @param spending what it has spent and set aside
     * @param resetsAt when the count begins anew
     */
    record KeyLimitReached(SpendLimit limit, KeySpending spending, Credits needed, Optional<Instant> resetsAt)
            implements HoldDecision {
        /** What the key may still set aside. */
        public Credits left() {
            Credits left = SpendingBook.left(limit, spending);
            return left.isNegative() ? Credits.ZERO : left;
        }
    }

    /** No such account. */
    record UnknownAccount(AccountId account) implements HoldDecision {}

    /** The ledger takes no holds now; the reason is a sentence. */
    record Unavailable(String reason) implements HoldDecision {}

    /** This job had a hold already, of another amount or account, or one that has ended; the reason is a sentence. */
    record AlreadyUsed(String reason) implements HoldDecision {}
}
