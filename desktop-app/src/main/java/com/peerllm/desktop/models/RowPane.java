package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/**
 * Rows below each other, each with a node of its own that stays as long as the row. A long list begins with its first rows,
 * and shows more of them when it is asked to, so that it opens at once.
 */
final class RowPane<R> extends VBox {
    /** More than fit on a tall screen. */
    static final int AT_ONCE = 24;

    private final ObservableList<R> rows;
    private final Function<R, Node> node;
    private final Messages messages;
    private final Map<R, Node> nodes = new IdentityHashMap<>();
    private final VBox list = new VBox();
    private final Button more = new Button();
    private int limit = AT_ONCE;

    RowPane(ObservableList<R> rows, Function<R, Node> node, Messages messages) {
        this.rows = rows;
        this.node = node;
        this.messages = messages;
        getStyleClass().add("rows");
        list.getStyleClass().add("rows");
        more.setOnAction(pressed -> showMore());
        getChildren().setAll(list, more);
        rows.addListener((ListChangeListener<R>) change -> show());
        show();
    }

    private void showMore() {
        int first = limit;
        limit += AT_ONCE;
        show();
        // The button moved away from under the focus; reading goes on where it was.
        list.getChildren().get(first).requestFocus();
    }

    private void show() {
        List<R> shown = rows.stream().limit(limit).toList();
        nodes.keySet().removeIf(row -> !rows.contains(row));
        place(shown.stream().map(row -> nodes.computeIfAbsent(row, node)).toList());
        int left = rows.size() - shown.size();
        more.setText(messages.text("models.more", Math.min(left, AT_ONCE), left));
        Shown.set(more, left > 0);
    }

    /** Touches only the nodes that come, go or move: the others keep the focus and are not laid out anew. */
    private void place(List<Node> wanted) {
        ObservableList<Node> children = list.getChildren();
        children.removeIf(child -> !wanted.contains(child));
        for (int i = 0; i < wanted.size(); i++) {
            Node child = wanted.get(i);
            if (i < children.size() && children.get(i) == child) continue;
            children.remove(child);
            children.add(i, child);
        }
    }
}
