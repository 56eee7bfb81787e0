package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Adds and moves payouts, inside a transaction of its caller. */
final class PayoutWriting {
    private final Handle handle;

    PayoutWriting(Handle handle) {
        this.handle = handle;
    }

    boolean insert(BatchRow batch, List<LineRow> lines) {
        handle.createUpdate("""
                        insert into payout_batch (number, state, proposed_at, proposed_by)
                        values (:number, :state, :at, :by)""")
                .bind("number", batch.number())
                .bind("state", batch.state().name())
                .bind("at", batch.proposedAtMillis())
                .bind("by", batch.proposedBy())
                .execute();
        PreparedBatch rows = handle.prepareBatch("insert into payout_line values (?, ?, ?, ?, ?, ?, ?)");
        for (LineRow line : lines) {
            rows.bind(0, line.batch())
                    .bind(1, line.number())
                    .bind(2, line.account().value())
                    .bind(3, line.amount().nanoDollars())
                    .bind(4, line.state().name())
                    .bind(5, line.note().orElse(null))
                    .bind(6, line.changedAtMillis())
                    .add();
        }
        if (rows.size() > 0) rows.execute();
        return true;
    }

    boolean move(long batch, Optional<BatchMove> move, List<LineMove> lines) {
        move.ifPresent(step -> move(batch, step));
        if (!lines.isEmpty()) move(batch, lines);
        return true;
    }

    private void move(long batch, BatchMove step) {
        String columns = switch (step.to()) {
            case PROPOSED -> throw new IllegalArgumentException("A batch does not become a draft again");
            case APPROVED -> ", approved_at = :at, approved_by = :by";
            case EXPORTED -> ", exported_at = :at";
            case SETTLED, CANCELLED -> ", ended_at = :at";
        };
        Update update = handle.createUpdate(
                        "update payout_batch set state = :to" + columns + " where number = :number and state = :from")
                .bind("to", step.to().name())
                .bind("from", step.from().name())
                .bind("number", batch)
                .bind("at", step.atMillis());
        if (columns.contains(":by")) update.bind("by", step.by());
        requireAll(update.execute(), 1);
    }

    private void move(long batch, List<LineMove> steps) {
        PreparedBatch rows = handle.prepareBatch("""
                update payout_line set state = ?, note = coalesce(?, note), changed_at = ?
                where batch = ? and number = ? and state = ?""");
        for (LineMove step : steps) {
            rows.bind(0, step.to().name())
                    .bind(1, step.note().orElse(null))
                    .bind(2, step.atMillis())
                    .bind(3, batch)
                    .bind(4, step.number())
                    .bind(5, step.from().name())
                    .add();
        }
        int moved = 0;
        for (int count : rows.execute()) moved += count;
        requireAll(moved, steps.size());
    }

    private static void requireAll(int moved, int expected) {
        if (moved != expected) {
            throw new StorageException(
                    StorageException.Code.CONFLICT,
                    "A payout is not in the state that it was to leave. Look at it again with: payout show");
        }
    }
}
