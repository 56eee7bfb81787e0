package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.shared.identity.AccountId;
import java.util.regex.Pattern;

/** The names of payouts and of their transfers; they follow from batch and account, so that doing a thing again does it once. */
final class PayoutIds {
    /** Where money is that was approved and is not yet said to be paid. */
    static final AccountId TRANSIT = AccountId.of(AccountKind.PAYOUT.word(), "transit");
    /** Where credits leave the ledger. */
    static final AccountId PAID_OUT = AccountId.of(AccountKind.MINT.word(), "paid_out");

    static final Pattern FORM = Pattern.compile("payout-([0-9]{1,18})-([0-9]{1,9})");

    private PayoutIds() {}

    /** As the provider's files have it. */
    static String of(LineRow line) {
        return "payout-" + line.batch() + "-" + line.number();
    }

    /** A move of a line's money. */
    record Move(TransferId id, LedgerCause cause, AccountId debit, AccountId credit) {}

    static Move sent(LineRow line) {
        return new Move(id(line, "sent"), LedgerCause.PAYOUT_SENT, line.account(), TRANSIT);
    }

    static Move paid(LineRow line) {
        return new Move(id(line, "paid"), LedgerCause.PAYOUT_PAID, TRANSIT, PAID_OUT);
    }

    static Move returned(LineRow line) {
        return new Move(id(line, "back"), LedgerCause.PAYOUT_RETURNED, TRANSIT, line.account());
    }

    private static TransferId id(LineRow line, String step) {
        return new TransferId("payout-" + line.batch() + "/" + line.account() + "/" + step);
    }
}
