package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/** The rows of payouts. The change log keeps them for ever, so names and fields stay what they are. */
public final class PayoutRows {
    private PayoutRows() {}

    /** What has become of a batch. */
    public enum BatchState {
        /** Computed; nothing has moved. */
        PROPOSED,
        /** Its money is in transit, or on its way there. */
        APPROVED,
        /** The provider has its file. */
        EXPORTED,
        /** Every line of it has come to an end. */
        SETTLED,
        /** It will not happen; what had moved is back, or on its way back. */
        CANCELLED
    }

    /**
     * What has become of one line. Those that end in -ING are decided and written down before the money moves; a crash in
     * between leaves them so, and the money is moved at the next start.
     */
    public enum LineState {
        PROPOSED,
        /** Not paid in this batch; the note says why. */
        HELD_BACK,
        /** To transit. */
        SENDING,
        SENT,
        /** Out of the ledger, because the provider has paid. */
        PAYING,
        PAID,
        /** Back to its owner, because the provider could not pay, or the batch was cancelled. */
        RETURNING,
        RETURNED;

        /** Whether its money has yet to move. */
        public boolean isUnfinished() {
            return this == SENDING || this == PAYING || this == RETURNING;
        }
    }

    /**
     * A batch.
     *
     * @param endedAtMillis when it was settled or cancelled
     */
    public record BatchRow(
            long number,
            BatchState state,
            long proposedAtMillis,
            String proposedBy,
            Optional<Long> approvedAtMillis,
            Optional<String> approvedBy,
            Optional<Long> exportedAtMillis,
            Optional<Long> endedAtMillis) {}

    /**
     * One account's part of a batch.
     *
     * @param number 1, 2, 3, … in its batch
     * @param note the provider's reference, or why it was not paid
     */
    public record LineRow(
            long batch,
            int number,
            AccountId account,
            Credits amount,
            LineState state,
            Optional<String> note,
            long changedAtMillis) {}

    /** A step of a batch, which must be in the first state. */
    public record BatchMove(BatchState from, BatchState to, long atMillis, String by) {}

    /**
     * A step of a line, which must be in the first state.
     *
     * @param note empty to leave it as it is
     */
    public record LineMove(int number, LineState from, LineState to, Optional<String> note, long atMillis) {}

    /**
     * An account that may be paid out.
     *
     * @param balance as of the same moment as the earnings
     * @param firstDay of its earnings, days since 1970 UTC; empty when it has none
     * @param recent earned on the day that was asked for or later
     */
    public record EarnerRow(AccountId account, Credits balance, Optional<Long> firstDay, Credits recent) {}

    /** What was earned on one day, days since 1970 UTC. */
    public record EarnedDay(long day, Credits amount) {}

    /** What an account earned, day by day, and its balance at the same moment. */
    public record EarningsRow(Credits balance, List<EarnedDay> days) {}
}
