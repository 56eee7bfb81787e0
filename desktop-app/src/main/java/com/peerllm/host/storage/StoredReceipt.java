package com.peerllm.host.storage;

import com.peerllm.shared.ledger.Receipt;
import java.util.List;
import java.util.OptionalInt;

/**
 * A receipt and what this host found when it checked it.
 *
 * @param deliveredTokens what this host remembers to have sent for it; a consumer who leaves early pays for less
 * @param faults one sentence each; empty for a verified one
 * @param receivedAtMillis this host's clock
 */
public record StoredReceipt(
        Receipt receipt, Status status, OptionalInt deliveredTokens, List<String> faults, long receivedAtMillis) {
    public StoredReceipt {
        faults = List.copyOf(faults);
    }

    /** Whether a receipt counts as earned. */
    public enum Status {
        VERIFIED,
        DISPUTED
    }
}
