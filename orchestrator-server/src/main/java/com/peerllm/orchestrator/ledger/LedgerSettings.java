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
 */
public record LedgerSettings(
        Duration holdTimeOut,
        int maxOpenHolds,
        int maxWaiting,
        int maxBatch,
        int rememberedTransfers,
        Duration firstRetry,
        Duration longestRetry) {
    public static final LedgerSettings STANDARD = new LedgerSettings(
            Duration.ofHours(1), 100_000, 65_536, 4_096, 16_384, Duration.ofMillis(100), Duration.ofSeconds(10));
}
