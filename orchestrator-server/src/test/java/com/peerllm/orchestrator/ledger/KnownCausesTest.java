package com.peerllm.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.audit.KnownCauses;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import org.junit.jupiter.api.Test;

/** What the ledger may write, an auditor knows: a new cause must come to both. */
class KnownCausesTest {
    @Test
    void anAuditorKnowsEveryCauseOfTheLedgerAndTheSameWaysForIt() {
        for (LedgerCause cause : LedgerCause.values()) {
            assertThat(KnownCauses.knows(cause.word())).as(cause.word()).isTrue();
            for (AccountKind from : AccountKind.values()) {
                for (AccountKind to : AccountKind.values()) {
                    Transfer.Post post = new Transfer.Post(
                            new TransferId("any"),
                            AccountId.of(from.word(), "a"),
                            AccountId.of(to.word(), "b"),
                            Credits.ofDollars(1));
                    assertThat(KnownCauses.allows(cause.word(), from.word(), to.word()))
                            .as(cause.word() + " from " + from.word() + " to " + to.word())
                            .isEqualTo(cause.allows(post));
                }
            }
        }
    }
}
