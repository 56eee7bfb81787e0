package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.payouts.Claim.Obstacle;
import com.peerllm.orchestrator.payouts.PayoutBatch.Proposal;
import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides who is in a batch: once when it is proposed, and again, line by line, when it is approved. */
final class Drafts {
    /** Of one batch; the rest is for the next. */
    private static final int MOST_PAID = 5_000;

    private static final int MOST_HELD_BACK = 1_000;

    private final PayoutStore store;
    private final Earners earners;
    private final PayoutRules rules;
    private final InstantSource clock;

    Drafts(PayoutStore store, Earners earners, PayoutRules rules, InstantSource clock) {
        this.store = store;
        this.earners = earners;
        this.rules = rules;
        this.clock = clock;
    }

    Proposal propose(String by) {
        long now = clock.millis();
        long number = store.batches(1).stream()
                        .mapToLong(BatchRow::number)
                        .findFirst()
                        .orElse(0)
                + 1;
        List<LineRow> lines = new ArrayList<>();
        int paid = 0;
        int heldBack = 0;
        for (Earner earner : earners.all(now)) {
            Claim claim = rules.claim(earner, now);
            if (claim.obstacle()
                    .filter(Obstacle.BelowThreshold.class::isInstance)
                    .isPresent()) continue;
            boolean pays = claim.obstacle().isEmpty();
            if (pays ? paid == MOST_PAID : heldBack == MOST_HELD_BACK) continue;
            if (pays) paid++;
            else heldBack++;
            lines.add(new LineRow(
                    number,
                    lines.size() + 1,
                    earner.account(),
                    claim.payable(),
                    pays ? LineState.PROPOSED : LineState.HELD_BACK,
                    claim.obstacle().map(Obstacle::sentence),
                    now));
        }
        List<LineRow> notPaid = lines.stream()
                .filter(line -> line.state() == LineState.HELD_BACK)
                .toList();
        if (paid == 0) return new Proposal(Optional.empty(), notPaid);
        BatchRow batch = new BatchRow(
                number,
                BatchState.PROPOSED,
                now,
                by,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        store.propose(batch, lines);
        return new Proposal(Optional.of(new PayoutBatch(batch, lines)), notPaid);
    }

    /** Decides that the money of every line that can still be paid is to move. */
    void approve(PayoutBatch draft, String by) {
        long now = clock.millis();
        List<LineMove> moves = new ArrayList<>();
        boolean pays = false;
        for (LineRow line : draft.lines()) {
            if (line.state() != LineState.PROPOSED) continue;
            Optional<String> objection = objection(line, now);
            pays |= objection.isEmpty();
            LineState to = objection.isEmpty() ? LineState.SENDING : LineState.HELD_BACK;
            moves.add(new LineMove(line.number(), LineState.PROPOSED, to, objection, now));
        }
        long number = draft.batch().number();
        if (!pays) {
            throw new PayoutException(
                    PayoutException.Kind.CONFLICT,
                    "Nobody in batch " + number + " can be paid any more. Cancel it and propose another.");
        }
        store.move(number, Optional.of(new BatchMove(BatchState.PROPOSED, BatchState.APPROVED, now, by)), moves);
    }

    private Optional<String> objection(LineRow line, long nowMillis) {
        return earners.earnings(line.account())
                .map(row -> rules.objection(earners.of(line.account(), row, nowMillis), line.amount(), nowMillis)
                        .map(Obstacle::sentence))
                .orElse(Optional.of("There is no such account"));
    }
}
