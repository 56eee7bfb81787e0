package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;

/** A wish to move money, or to set it aside. */
sealed interface Transfer {

    /** The caller's name for it. */
    TransferId id();

    /** Moves money at once. */
    record Post(TransferId id, AccountId debit, AccountId credit, Credits amount) implements Transfer {
        public Post {
            requireSensible(debit, credit, amount);
        }
    }

    /** Sets money aside until it is released or times out. */
    record Hold(TransferId id, AccountId debit, AccountId credit, Credits amount) implements Transfer {
        public Hold {
            requireSensible(debit, credit, amount);
        }
    }

    /** Ends a hold: its money can be spent again, also by the transfers that follow in the same chain. */
    record Release(TransferId hold) implements Transfer {
        @Override
        public TransferId id() {
            return hold.end();
        }
    }

    private static void requireSensible(AccountId debit, AccountId credit, Credits amount) {
        if (amount.isNegative()) throw new IllegalArgumentException("A transfer's amount cannot be negative");
        if (debit.equals(credit)) throw new IllegalArgumentException("A transfer has two different accounts");
    }
}
