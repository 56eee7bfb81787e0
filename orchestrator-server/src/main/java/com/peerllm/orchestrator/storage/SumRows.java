package com.peerllm.orchestrator.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of a table of sums: what is new is added to them, and a row that is missing begins with it. */
final class SumRows {
    private final Handle handle;
    private final String table;
    private final List<String> keys;
    private final List<String> sums;

    SumRows(Handle handle, String table, List<String> keys, List<String> sums) {
        this.handle = handle;
        this.table = table;
        this.keys = keys;
        this.sums = sums;
    }

    /** One row's key, in the order of the key columns, and what is added to its sums. */
    record Addition(List<?> key, List<?> sums) {}

    /** @param additions in order of their keys, each key once */
    void add(List<Addition> additions) {
        if (additions.isEmpty()) return;
        PreparedBatch update = handle.prepareBatch("update " + table + " set "
                + sums.stream().map(sum -> sum + " = " + sum + " + ?").collect(Collectors.joining(", ")) + " where "
                + keys.stream().map(key -> key + " = ?").collect(Collectors.joining(" and ")));
        additions.forEach(addition -> bind(update, addition.sums(), addition.key()));
        int[] changed = update.execute();
        List<Addition> missing = new ArrayList<>();
        for (int i = 0; i < changed.length; i++) if (changed[i] == 0) missing.add(additions.get(i));
        insert(missing);
    }

    /** Makes rows that are not there. */
    void insert(List<Addition> rows) {
        if (rows.isEmpty()) return;
        List<String> columns = new ArrayList<>(keys);
        columns.addAll(sums);
        PreparedBatch insert = handle.prepareBatch("insert into " + table + " (" + String.join(", ", columns)
                + ") values (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
        rows.forEach(row -> bind(insert, row.key(), row.sums()));
        insert.execute();
    }

    private static void bind(PreparedBatch batch, List<?> first, List<?> second) {
        int at = 0;
        for (Object value : first) batch.bind(at++, value);
        for (Object value : second) batch.bind(at++, value);
        batch.add();
    }
}
