package com.peerllm.desktop.models;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * Rows that stay the same objects while what they show changes, so that a screen keeps its nodes, its focus and what is
 * being typed. Belongs to the thread of the screens.
 *
 * @param <T> what a row shows
 * @param <R> the row
 */
final class RowsById<T, R> {
    private final Function<T, String> id;
    private final Function<T, R> create;
    private final BiConsumer<R, T> show;
    private final Map<String, R> byId = new HashMap<>();
    private final ObservableList<R> rows = FXCollections.observableArrayList();

    /** @param show brings a row up to date; called after {@code create} too */
    RowsById(Function<T, String> id, Function<T, R> create, BiConsumer<R, T> show) {
        this.id = id;
        this.create = create;
        this.show = show;
    }

    ObservableList<R> rows() {
        return rows;
    }

    /** Shows these in this order. */
    void show(List<T> values) {
        Set<String> ids = new HashSet<>();
        for (T value : values) ids.add(id.apply(value));
        byId.keySet().retainAll(ids);
        List<R> wanted = values.stream().map(this::row).toList();
        order(rows, wanted);
    }

    private R row(T value) {
        R row = byId.computeIfAbsent(id.apply(value), key -> create.apply(value));
        show.accept(row, value);
        return row;
    }

    /** In one change, so that nobody sees a row gone that only moves; in none when nothing differs. */
    static <R> void order(ObservableList<R> rows, List<? extends R> wanted) {
        if (!rows.equals(wanted)) rows.setAll(wanted);
    }
}
