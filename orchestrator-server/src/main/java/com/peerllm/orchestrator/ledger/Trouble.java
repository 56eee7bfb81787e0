package com.peerllm.orchestrator.ledger;

/**
 * Why the ledger takes no holds.
 *
 * @param reason a sentence
 * @param kind what may still be done
 */
record Trouble(String reason, Kind kind) {

    /** What becomes of settlements meanwhile. */
    enum Kind {
        /** Writing is tried again; settlements wait in memory. */
        RETRYING,
        /** Nothing is written any more until the orchestrator is started again. */
        STOPPED
    }

    LedgerException refusal() {
        return new LedgerException(LedgerException.Code.UNAVAILABLE, reason);
    }
}
