package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** A batch with its lines, in order of their numbers. */
public record PayoutBatch(BatchRow batch, List<LineRow> lines) {

    /** A line's name in the provider's files. */
    public static String payoutId(LineRow line) {
        return PayoutIds.of(line);
    }

    /**
     * The number of the batch that a payout is in.
     *
     * @throws IllegalArgumentException when this names no payout
     */
    public static long numberOf(String payoutId) {
        Matcher id = PayoutIds.FORM.matcher(payoutId);
        if (!id.matches()) throw new IllegalArgumentException("'" + payoutId + "' names no payout");
        return Long.parseLong(id.group(1));
    }

    /**
     * What a proposal found.
     *
     * @param batch empty when nobody can be paid
     * @param heldBack who has enough, and is not paid: for each a sentence in the line's note
     */
    public record Proposal(Optional<PayoutBatch> batch, List<LineRow> heldBack) {}
}
