package com.peerllm.orchestrator.accounts;

import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers have accounts, and keep them. */
class AccountsTest {
    @TempDir
    Path folder;

    @Test
    void anAccountIsOpenedOnceAndListedWithWhatItHas() {
        AccountId alice = new AccountId("consumer:alice");
        try (TestLedger test = TestLedger.in(folder)) {
            Accounts accounts = new Accounts(test.ledger);
            assertThat(now(accounts.openConsumer("alice"))).isEqualTo(alice);
            test.with(alice, Credits.ofDollars(3));
            assertThat(now(accounts.openConsumer("alice"))).isEqualTo(alice);
            now(accounts.openConsumer("Bob.2"));
        }
        try (TestLedger test = TestLedger.in(folder)) {
            assertThat(new Accounts(test.ledger).consumers())
                    .containsExactly(
                            new Balance(new AccountId("consumer:Bob.2"), Credits.ZERO, Credits.ZERO),
                            new Balance(alice, Credits.ofDollars(3), Credits.ZERO));
        }
    }

    @Test
    void aNameWithOtherCharactersIsRefused() {
        try (TestLedger test = TestLedger.in(folder)) {
            Accounts accounts = new Accounts(test.ledger);
            for (String name : new String[] {"", "a b", "a:b", "ä", "x".repeat(65)}) {
                assertThatThrownBy(() -> accounts.openConsumer(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
