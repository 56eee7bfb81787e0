package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;

/**
 * One account as the tables have it.
 *
 * @param openedAtMillis milliseconds since 1970 UTC
 * @param totals all that was ever debited and credited
 */
public record AccountRow(AccountId id, long openedAtMillis, TotalsRow totals) {

    /** The four totals of an account, or a change of them, in nano-dollars. */
    public record TotalsRow(long debitsPosted, long creditsPosted, long debitsPending, long creditsPending) {
        public static final TotalsRow ZERO = new TotalsRow(0, 0, 0, 0);

        /** @throws ArithmeticException when a sum does not fit */
        TotalsRow plus(TotalsRow other) {
            return new TotalsRow(
                    Math.addExact(debitsPosted, other.debitsPosted),
                    Math.addExact(creditsPosted, other.creditsPosted),
                    Math.addExact(debitsPending, other.debitsPending),
                    Math.addExact(creditsPending, other.creditsPending));
        }
    }
}
