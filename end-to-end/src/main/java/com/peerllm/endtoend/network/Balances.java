package com.peerllm.endtoend.network;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/**
 * Every account of the ledger at one moment.
 *
 * @param sum as the orchestrator added it up
 */
public record Balances(List<AccountBalance> accounts, Credits sum) {
    public Balances {
        accounts = List.copyOf(accounts);
    }

    public Credits of(AccountId account) {
        return find(account).map(AccountBalance::posted).orElse(Credits.ZERO);
    }

    public Optional<AccountBalance> find(AccountId account) {
        return accounts.stream().filter(each -> each.account().equals(account)).findFirst();
    }
}
