package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.money.Credits;

/** All that was ever debited from and credited to one account, and what of it is only set aside. */
record Totals(Credits debitsPosted, Credits creditsPosted, Credits debitsPending, Credits creditsPending) {
    static final Totals ZERO = new Totals(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

    Totals debit(Credits amount) {
        return new Totals(debitsPosted.plus(amount), creditsPosted, debitsPending, creditsPending);
    }

    Totals credit(Credits amount) {
        return new Totals(debitsPosted, creditsPosted.plus(amount), debitsPending, creditsPending);
    }

    Totals holdDebit(Credits amount) {
        return new Totals(debitsPosted, creditsPosted, debitsPending.plus(amount), creditsPending);
    }

    Totals holdCredit(Credits amount) {
        return new Totals(debitsPosted, creditsPosted, debitsPending, creditsPending.plus(amount));
    }

    Totals releaseDebit(Credits amount) {
        return new Totals(debitsPosted, creditsPosted, debitsPending.minus(amount), creditsPending);
    }

    Totals releaseCredit(Credits amount) {
        return new Totals(debitsPosted, creditsPosted, debitsPending, creditsPending.minus(amount));
    }

    /** @throws ArithmeticException when it does not fit */
    Credits balance() {
        return creditsPosted.minus(debitsPosted);
    }

    /** What may still be debited. Money that is set aside for this account does not count before it is posted. */
    Credits available() {
        return balance().minus(debitsPending);
    }
}
