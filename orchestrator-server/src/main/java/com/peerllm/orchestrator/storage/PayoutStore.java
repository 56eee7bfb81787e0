package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The batches of payouts and their lines. Every call may wait for the disk. */
public final class PayoutStore {
    private static final String BATCHES = """
            select number, state, proposed_at, proposed_by, approved_at, approved_by, exported_at, ended_at
            from payout_batch\s""";
    private static final String LINES =
            "select batch, number, account, amount, state, note, changed_at from payout_line ";

    private final Database database;

    PayoutStore(Database database) {
        this.database = database;
    }

    public Optional<BatchRow> batch(long number) {
        return database.read(handle -> handle.createQuery(BATCHES + "where number = :number")
                .bind("number", number)
                .map((row, context) -> batch(row))
                .findOne());
    }

    /** The newest first. */
    public List<BatchRow> batches(int atMost) {
        return database.read(handle -> handle.createQuery(BATCHES + "order by number desc limit :most")
                .bind("most", atMost)
                .map((row, context) -> batch(row))
                .list());
    }

    /** By number. */
    public List<BatchRow> batchesAfter(long number, int atMost) {
        return database.read(
                handle -> handle.createQuery(BATCHES + "where number > :number order by number limit :most")
                        .bind("number", number)
                        .bind("most", atMost)
                        .map((row, context) -> batch(row))
                        .list());
    }

    /** The draft that waits for approval; there is one at most. */
    public Optional<BatchRow> draft() {
        return database.read(handle -> handle.createQuery(BATCHES + "where state = :state")
                .bind("state", BatchState.PROPOSED.name())
                .map((row, context) -> batch(row))
                .findFirst());
    }

    public List<LineRow> lines(long batch) {
        return database.read(handle -> handle.createQuery(LINES + "where batch = :batch order by number")
                .bind("batch", batch)
                .map((row, context) -> line(row))
                .list());
    }

    /** Those whose money has yet to move, in every batch. */
    public List<LineRow> unfinished() {
        return database.read(handle -> handle.createQuery(LINES + "where state in (:a, :b, :c) order by batch, number")
                .bind("a", LineState.SENDING.name())
                .bind("b", LineState.PAYING.name())
                .bind("c", LineState.RETURNING.name())
                .map((row, context) -> line(row))
                .list());
    }

    /** An account's payouts that had their money moved, the newest first. */
    public List<LineRow> paidTo(AccountId account, int atMost) {
        return database.read(handle -> handle.createQuery(LINES + """
                        where account = :account and state <> 'PROPOSED' and state <> 'HELD_BACK'
                        order by batch desc limit :most""")
                .bind("account", account.value())
                .bind("most", atMost)
                .map((row, context) -> line(row))
                .list());
    }

    /** What an account's lines add up to, by their state. */
    public Map<LineState, Credits> sums(AccountId account) {
        Map<LineState, Credits> sums = new EnumMap<>(LineState.class);
        database.read(handle -> handle.createQuery(
                                "select state, sum(amount) from payout_line where account = :account group by state")
                        .bind("account", account.value())
                        .map((row, context) ->
                                Map.entry(LineState.valueOf(row.getString(1)), credits(row.getBigDecimal(2))))
                        .list())
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        return sums;
    }

    /** How many payout transfers of one cause the journal holds. */
    public long transfers(String cause) {
        return database.read(handle -> handle.createQuery("select count(*) from transfer where cause = :cause")
                .bind("cause", cause)
                .mapTo(Long.class)
                .one());
    }

    /** @throws StorageException with code {@code CONFLICT} when there is such a batch already */
    public void propose(BatchRow batch, List<LineRow> lines) {
        database.change(new Change.PayoutProposed(batch, lines));
    }

    /**
     * Moves a batch and lines of it on, all together or not at all.
     *
     * @throws StorageException with code {@code CONFLICT} when one is not in the state that it is to leave
     */
    public void move(long batch, Optional<BatchMove> move, List<LineMove> lines) {
        database.change(new Change.PayoutMoved(batch, move, lines));
    }

    static Credits credits(BigDecimal sum) {
        return new Credits(sum.longValueExact());
    }

    private static BatchRow batch(ResultSet row) throws SQLException {
        return new BatchRow(
                row.getLong(1),
                BatchState.valueOf(row.getString(2)),
                row.getLong(3),
                row.getString(4),
                Optional.ofNullable(row.getObject(5, Long.class)),
                Optional.ofNullable(row.getString(6)),
                Optional.ofNullable(row.getObject(7, Long.class)),
                Optional.ofNullable(row.getObject(8, Long.class)));
    }

    private static LineRow line(ResultSet row) throws SQLException {
        return new LineRow(
                row.getLong(1),
                row.getInt(2),
                new AccountId(row.getString(3)),
                new Credits(row.getLong(4)),
                LineState.valueOf(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                row.getLong(7));
    }

    static boolean insert(Handle handle, Change.PayoutProposed proposed) {
        return new PayoutWriting(handle).insert(proposed.batch(), proposed.lines());
    }

    static boolean move(Handle handle, Change.PayoutMoved moved) {
        return new PayoutWriting(handle).move(moved.batch(), moved.move(), moved.lines());
    }
}
