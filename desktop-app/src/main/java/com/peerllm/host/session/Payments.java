package com.peerllm.host.session;

import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.ledger.Receipt;

/** Hears what this host delivered and what it was paid for. Called on the threads of link and engine: must not block. */
public interface Payments {

    /** Tokens were sent for a job, all of it or a first part; comes before any receipt for it. */
    void delivered(DeliveryTrace delivery);

    /** @param from the orchestrator that this host trusts at that address */
    void receipt(Receipt receipt, MetOrchestrator from);
}
