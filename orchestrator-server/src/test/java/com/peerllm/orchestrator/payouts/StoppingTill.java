package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.concurrent.CompletionStage;

/** The real ledger, until the power fails: before or after it has taken a transfer of a certain number. */
final class StoppingTill implements Transit.Till {
    private final Transit.Till real;
    private final boolean afterwards;
    private int left;

    /** The process ends here. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    StoppingTill(Transit.Till real, int transfers, boolean afterwards) {
        this.real = real;
        this.left = transfers;
        this.afterwards = afterwards;
    }

    @Override
    public CompletionStage<Void> open(AccountId account) {
        return real.open(account);
    }

    @Override
    public CompletionStage<Balance> post(
            TransferId id, LedgerCause cause, AccountId debit, AccountId credit, Credits amount) {
        boolean last = left-- == 0;
        if (last && !afterwards) throw new PowerCut();
        CompletionStage<Balance> stage = real.post(id, cause, debit, credit, amount);
        if (!last) return stage;
        TestLedger.now(stage);
        throw new PowerCut();
    }
}
