package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/**
 * What one transaction adds to the ledger's tables.
 *
 * @param number one more than the batch before; a batch that is written again under its number changes nothing
 * @param lastSeq the highest {@link TransferRow#seq()} of the journal after this batch
 * @param opened accounts that are new, with totals of zero
 * @param leaves what it adds to the transparency log; empty when nothing, and in what was written before there was one
 */
public record JournalBatch(
        long number,
        long lastSeq,
        List<AccountRow> opened,
        List<TransferRow> transfers,
        List<SettlementRow> settlements,
        List<Receipt> receipts,
        Optional<Leaves> leaves) {

    /** A batch that adds nothing to the transparency log. */
    public JournalBatch(
            long number,
            long lastSeq,
            List<AccountRow> opened,
            List<TransferRow> transfers,
            List<SettlementRow> settlements,
            List<Receipt> receipts) {
        this(number, lastSeq, opened, transfers, settlements, receipts, Optional.empty());
    }

    /**
     * How far the journal has come.
     *
     * @param leafCount leaves of the transparency log; the next one has this number
     */
    public record Head(long batchNumber, long lastSeq, long leafCount) {
        /** A journal without leaves. */
        public Head(long batchNumber, long lastSeq) {
            this(batchNumber, lastSeq, 0);
        }
    }

    /**
     * Leaves of the transparency log.
     *
     * @param countBefore leaves before this batch
     * @param countAfter leaves with this batch
     * @param texts those that are no receipts; a receipt is a leaf itself and has its number in it
     */
    public record Leaves(long countBefore, long countAfter, List<LeafRow> texts) {}

    /** A leaf of the transparency log: its number and its bytes, which are text. */
    public record LeafRow(long index, String text) {}

    /** What a transfer does to the totals of its two accounts. */
    public enum Phase {
        /** Moves money. */
        POST("P"),
        /** Sets money aside. */
        HOLD("H"),
        /** Ends a hold of the same accounts and amount. */
        RELEASE("R");

        private final String letter;

        Phase(String letter) {
            this.letter = letter;
        }

        String letter() {
            return letter;
        }

        static Phase ofLetter(String letter) {
            for (Phase phase : values()) {
                if (phase.letter.equals(letter)) return phase;
            }
            throw new IllegalArgumentException("The journal holds a transfer of unknown phase " + letter);
        }
    }

    /**
     * One line of the journal.
     *
     * @param seq its place: 1, 2, 3, … without gaps
     * @param id unique for all time
     * @param cause why, one word
     */
    public record TransferRow(
            long seq,
            String id,
            Phase phase,
            AccountId debit,
            AccountId credit,
            Credits amount,
            String cause,
            long madeAtMillis) {

        TotalsRow changeOfDebit() {
            long nanos = amount.nanoDollars();
            return switch (phase) {
                case POST -> new TotalsRow(nanos, 0, 0, 0);
                case HOLD -> new TotalsRow(0, 0, nanos, 0);
                case RELEASE -> new TotalsRow(0, 0, -nanos, 0);
            };
        }

        TotalsRow changeOfCredit() {
            long nanos = amount.nanoDollars();
            return switch (phase) {
                case POST -> new TotalsRow(0, nanos, 0, 0);
                case HOLD -> new TotalsRow(0, 0, 0, nanos);
                case RELEASE -> new TotalsRow(0, 0, 0, -nanos);
            };
        }
    }

    /**
     * How one job was settled.
     *
     * @param seq the journal line that ended the job's hold
     * @param dropped what the answer would have cost beyond the hold; nobody paid it
     * @param fingerprint SHA-256, hex, of the request to settle, to tell a repetition from a contradiction
     * @param keyId the API key that asked; empty in what version 1 wrote
     */
    public record SettlementRow(
            long seq,
            JobId job,
            AccountId consumer,
            Credits held,
            Credits charged,
            Credits dropped,
            String fingerprint,
            long settledAtMillis,
            Optional<String> keyId) {}
}
