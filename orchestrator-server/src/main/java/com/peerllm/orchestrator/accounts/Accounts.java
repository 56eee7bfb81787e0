package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.Balance;
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
     * @return completes when no crash can undo it
     * @throws IllegalArgumentException when the name has other characters than letters, digits, '.', '_' and '-'
     */
    public CompletionStage<AccountId> openConsumer(String name) {
        AccountId account = AccountId.of(AccountKind.CONSUMER.word(), name);
        return ledger.openAccount(account).thenApply(opened -> account);
    }

    /** All consumers and what they have, by name. */
    public List<Balance> consumers() {
        return ledger.balances().stream()
                .filter(balance -> balance.account().kind().equals(AccountKind.CONSUMER.word()))
                .toList();
    }
}
