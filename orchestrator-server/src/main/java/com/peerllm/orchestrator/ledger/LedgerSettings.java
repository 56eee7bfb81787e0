package com.peerllm.orchestrator.ledger;

import java.time.Duration;

/**
 * The bounds of the ledger.
 *
 * @param holdTimeOut after this long a hold releases itself; longer than any job may run
 * @param maxOpenHolds jobs that may have money set aside at once
 * @param maxWaiting operations not yet durable; above it no hold is accepted
 * @param maxBatch operations in one transaction
 * @param rememberedTransfers finished transfer ids kept in memory, to answer repetitions without the database
 * @param firstRetry wait before a failed write is tried again; doubled each time
 * @param longestRetry where the doubling ends
 * @param stateEvery so often a leaf of the transparency log commits to all balances
 * @param stateAtStart whether the first one is written at once; without it, only in a log that has no leaf yet
 */
public record LedgerSettings(
        Duration holdTimeOut,
        int maxOpenHolds,
        int maxWaiting,
        int maxBatch,
        int rememberedTransfers,
        Duration firstRetry,
        Duration longestRetry,
        Duration stateEvery,
        boolean stateAtStart) {
    public static final LedgerSettings STANDARD = new LedgerSettings(
            Duration.ofHours(1), 100_000, 65_536, 4_096, 16_384, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** With a state leaf at the start and every hour. */
    public LedgerSettings(
            Duration holdTimeOut,
            int maxOpenHolds,
            int maxWaiting,
            int maxBatch,
            int rememberedTransfers,
            Duration firstRetry,
            Duration longestRetry) {
        this(
                holdTimeOut,
                maxOpenHolds,
                maxWaiting,
                maxBatch,
                rememberedTransfers,
                firstRetry,
                longestRetry,
                Duration.ofHours(1),
                true);
    }

    /** For who opens the ledger for one command: only the very first leaf of a log is a state. */
    public LedgerSettings withoutStateAtStart() {
        return withStates(stateEvery, false);
    }

    public LedgerSettings withStates(Duration every, boolean atStart) {
        return new LedgerSettings(
                holdTimeOut,
                maxOpenHolds,
                maxWaiting,
                maxBatch,
                rememberedTransfers,
                firstRetry,
                longestRetry,
                every,
                atStart);
    }
}
