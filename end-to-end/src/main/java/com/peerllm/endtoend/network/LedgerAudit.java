package com.peerllm.endtoend.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** The orchestrator's verdict on its own books. */
public record LedgerAudit(
        boolean clean,
        long transfers,
        long settlements,
        long accounts,
        @JsonProperty("open_holds") long openHolds,
        Optional<String> fault) {}
