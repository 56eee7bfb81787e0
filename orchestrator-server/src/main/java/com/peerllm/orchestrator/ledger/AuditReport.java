package com.peerllm.orchestrator.ledger;

import java.util.Optional;

/**
 * What an audit found.
 *
 * @param transfers journal lines that were added up
 * @param fault the first contradiction, as a sentence; empty when everything adds up
 */
public record AuditReport(long transfers, long settlements, int accounts, int openHolds, Optional<String> fault) {
    public boolean clean() {
        return fault.isEmpty();
    }
}
