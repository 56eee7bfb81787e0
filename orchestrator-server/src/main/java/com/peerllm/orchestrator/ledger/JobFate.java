package com.peerllm.orchestrator.ledger;

/** What became of a job's money. */
public enum JobFate {
    /** Nothing was ever set aside for it. */
    UNKNOWN,
    /** Its worst case is set aside: it runs, or is being paid. */
    OPEN,
    /** All was given back: nothing was delivered. */
    RELEASED,
    /** It was paid. */
    PAID
}
