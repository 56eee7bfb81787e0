package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.util.Optional;

/**
 * Whose money a job is to cost.
 *
 * @param keyId the API key that asked, to which the cost is counted
 * @param limit what that key may spend
 */
public record Payer(AccountId account, Optional<String> keyId, Optional<SpendLimit> limit) {
    public Payer {
        if (limit.isPresent() && keyId.isEmpty()) throw new IllegalArgumentException("A limit is a key's");
    }

    /** An account that pays without a key. */
    public static Payer of(AccountId account) {
        return new Payer(account, Optional.empty(), Optional.empty());
    }
}
