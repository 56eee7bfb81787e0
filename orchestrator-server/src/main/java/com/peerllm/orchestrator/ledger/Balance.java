package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;

/**
 * What an account has.
 *
 * @param posted credits minus debits, holds left out
 * @param held set aside for running jobs; part of {@code posted}
 */
public record Balance(AccountId account, Credits posted, Credits held) {

    static Balance of(AccountId account, Totals totals) {
        return new Balance(account, totals.balance(), totals.debitsPending());
    }

    /** What can still be spent. */
    public Credits available() {
        return posted.minus(held);
    }
}
