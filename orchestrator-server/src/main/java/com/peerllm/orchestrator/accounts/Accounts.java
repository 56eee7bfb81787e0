package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.shared.identity.AccountId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who may use the network as a consumer. */
public final class Accounts {
    private final Ledger ledger;

    public Accounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Opens {@code consumer:name}; an account that exists is left as it is.
     *
     * @throws IllegalArgumentException when the name has other characters than letters, digits, '.', '_' and '-'
     */
    public CompletionStage<AccountId> openConsumer(String name) {
        AccountId account = AccountId.of("consumer", name);
        return ledger.openAccount(account).thenApply(opened -> account);
    }

    /** All consumer accounts, by name. */
    public List<AccountId> consumers() {
        throw new UnsupportedOperationException("not yet");
    }
}
