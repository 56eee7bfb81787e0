package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.ledger.Payer;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;

/** A request as the ledger sees it: who pays, for what, at which price. */
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
}
