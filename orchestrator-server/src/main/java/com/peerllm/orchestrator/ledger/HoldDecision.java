package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;

/** Whether a job's worst case could be set aside. */
public sealed interface HoldDecision {

    /** The money is set aside until the job is settled or released, or the hold times out. */
    record Held(Credits amount) implements HoldDecision {}

    /** @param available what the account can still spend */
    record InsufficientFunds(Credits available, Credits needed) implements HoldDecision {}

    /** No such account. */
    record UnknownAccount(AccountId account) implements HoldDecision {}

    /** The ledger takes no holds now; the reason is a sentence. */
    record Unavailable(String reason) implements HoldDecision {}

    /** This job had a hold already, of another amount or account, or one that has ended; the reason is a sentence. */
    record AlreadyUsed(String reason) implements HoldDecision {}
}
