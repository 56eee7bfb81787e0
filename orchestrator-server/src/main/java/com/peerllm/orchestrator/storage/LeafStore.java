package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The leaves of the transparency log, in the order of their numbers: receipts, and the texts beside them. */
public final class LeafStore {
    private final Database database;

    LeafStore(Database database) {
        this.database = database;
    }

    /** How many leaves there are. */
    public long count() {
        return database.read(LedgerStore::head).leafCount();
    }

    /** The leaves from one number up to, and without, another. */
    public List<LeafRow> range(long from, long end) {
        return database.read(handle -> range(handle, from, end));
    }

    static List<LeafRow> range(Handle handle, long from, long end) {
        List<LeafRow> rows = new ArrayList<>();
        rows.addAll(handle.createQuery(
                        "select leaf_index, body from receipt where leaf_index >= :from and leaf_index < :end")
                .bind("from", from)
                .bind("end", end)
                .map((row, context) -> new LeafRow(row.getLong(1), message(row.getString(2))))
                .list());
        rows.addAll(texts(handle, from, end));
        rows.sort(Comparator.comparingLong(LeafRow::index));
        return rows;
    }

    /** The leaves with these numbers, in the order of their numbers. */
    static List<LeafRow> numbered(Handle handle, List<Long> numbers) {
        List<LeafRow> rows = new ArrayList<>();
        if (numbers.isEmpty()) return rows;
        rows.addAll(handle.createQuery("select leaf_index, body from receipt where leaf_index in (<numbers>)")
                .bindList("numbers", numbers)
                .map((row, context) -> new LeafRow(row.getLong(1), message(row.getString(2))))
                .list());
        rows.addAll(handle.createQuery("select leaf_index, body from log_text where leaf_index in (<numbers>)")
                .bindList("numbers", numbers)
                .map((row, context) -> new LeafRow(row.getLong(1), row.getString(2)))
                .list());
        rows.sort(Comparator.comparingLong(LeafRow::index));
        return rows;
    }

    /** Those of them that are no receipts. */
    List<LeafRow> texts(long from, long end) {
        return database.read(handle -> texts(handle, from, end));
    }

    private static List<LeafRow> texts(Handle handle, long from, long end) {
        return handle.createQuery(
                        "select leaf_index, body from log_text where leaf_index >= :from and leaf_index < :end")
                .bind("from", from)
                .bind("end", end)
                .map((row, context) -> new LeafRow(row.getLong(1), row.getString(2)))
                .list();
    }

    private static String message(String receipt) {
        return new String(ReceiptStore.read(receipt).message(), StandardCharsets.UTF_8);
    }

    static void insert(Handle handle, List<LeafRow> texts) {
        if (texts.isEmpty()) return;
        PreparedBatch rows = handle.prepareBatch("insert into log_text values (?, ?)");
        for (LeafRow text : texts)
            rows.bind(0, text.index()).bind(1, text.text()).add();
        rows.execute();
    }
}
