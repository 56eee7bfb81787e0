package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.ledger.Payer;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.HostWishes;

/** A request as the ledger sees it: who pays, for what, and how much at most. */
interface Billable {
    JobId id();

    Caller caller();

    /** The account that pays. */
    default AccountId consumer() {
        return caller().account();
    }

    /** The same with the key and what it may spend. */
    default Payer payer() {
        return caller().payer();
    }

    ModelManifest model();

    /** What the consumer asks of the hosts. */
    HostWishes wishes();

    /** Most that a host may ask for a million tokens; what is set aside. */
    default TokenPrice cap() {
        return wishes().cap(model().price());
    }
}
