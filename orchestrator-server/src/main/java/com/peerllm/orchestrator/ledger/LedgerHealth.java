package com.peerllm.orchestrator.ledger;

/** Whether the ledger can write, and how much waits to be written. */
public sealed interface LedgerHealth {

    /** Operations decided in memory and not yet durable. */
    int waiting();

    /** Jobs with money set aside. */
    int openHolds();

    /** Everything is written as it comes. */
    record Available(int waiting, int openHolds) implements LedgerHealth {}

    /**
     * No hold is accepted. Settlements wait in memory.
     *
     * @param reason a sentence
     * @param retrying whether writing is tried again by itself; otherwise the orchestrator has to be started again
     */
    record Unavailable(int waiting, int openHolds, String reason, boolean retrying) implements LedgerHealth {}
}
