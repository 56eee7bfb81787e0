package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.Payer;
import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.shared.identity.AccountId;
import java.util.Optional;

/**
 * Who sent a request: the account that pays, and which of its keys was used.
 *
 * @param keyId not secret; limits and spending are counted by it
 * @param spendLimit what this key may spend
 */
public record Caller(AccountId account, String keyId, Optional<SpendLimit> spendLimit) {
    public Caller(AccountId account, String keyId) {
        this(account, keyId, Optional.empty());
    }

    /** The same as the ledger knows it. */
    public Payer payer() {
        return new Payer(account, Optional.of(keyId), spendLimit);
    }
}
