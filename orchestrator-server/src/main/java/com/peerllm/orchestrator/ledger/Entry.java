package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;

/** A transfer that happened, with everything that the journal says of it except when and why. */
record Entry(Kind kind, TransferId id, AccountId debit, AccountId credit, Credits amount) {

    /** What it did to the totals. */
    enum Kind {
        POST,
        HOLD,
        RELEASE
    }
}
