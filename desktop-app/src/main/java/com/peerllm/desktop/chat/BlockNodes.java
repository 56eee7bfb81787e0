package com.peerllm.desktop.chat;

import com.peerllm.desktop.chat.markdown.Block;
import com.peerllm.desktop.chat.markdown.Span;
import com.peerllm.desktop.toolkit.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The blocks of a message below each other; shows a text that grows by changing its last ones only. */
final class BlockNodes extends VBox {
    private static final double INDENT = 24;

    private final Messages messages;
    private final Consumer<String> clipboard;
    private List<Block> shown = List.of();

    BlockNodes(Messages messages, Consumer<String> clipboard) {
        this.messages = messages;
        this.clipboard = clipboard;
        getStyleClass().add("blocks");
    }

    void show(List<Block> next) {
        int same = 0;
        while (same < Math.min(shown.size(), next.size()) && shown.get(same).equals(next.get(same))) same++;
        if (same < shown.size() && same < next.size() && grow(getChildren().get(same), shown.get(same), next.get(same)))
            same++;
        if (same < shown.size()) getChildren().remove(same, shown.size());
        for (Block block : next.subList(same, next.size())) getChildren().add(node(block));
        shown = next;
    }

    /** In order, for selecting. */
    List<SelectableFlow> flows() {
        List<SelectableFlow> flows = new ArrayList<>();
        collect(this, flows);
        return flows;
    }

    private static void collect(Node node, List<SelectableFlow> flows) {
        if (node instanceof SelectableFlow flow) flows.add(flow);
        else if (node instanceof Parent parent)
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, flows));
    }

    /** @return whether the node could take the new content in */
    private static boolean grow(Node node, Block before, Block now) {
        if (!before.place().equals(now.place())) return false;
        return switch (now) {
            case Block.Words words
            when before instanceof Block.Words old && old.heading() == words.heading() -> {
                List<SelectableFlow> flows = new ArrayList<>();
                collect(node, flows);
                flows.getFirst().show(words.spans());
                yield true;
            }
            case Block.Code code
            when before instanceof Block.Code old && old.language().equals(code.language()) -> {
                ((CodeNode) ((HBox) node).getChildren().getLast()).show(code.text());
                yield true;
            }
            default -> false;
        };
    }

    private Node node(Block block) {
        Region content = switch (block) {
            case Block.Words words -> words(words);
            case Block.Code code -> new CodeNode(code.language(), code.text(), messages, clipboard);
            case Block.Table table -> table(table);
            case Block.Line _ -> line();
        };
        HBox.setHgrow(content, Priority.ALWAYS);
        content.setMaxWidth(Double.MAX_VALUE);
        content.setMinWidth(0);
        HBox row = new HBox();
        row.getStyleClass().add("block");
        if (block.place().quoted()) row.getStyleClass().add("quoted");
        if (block.place().depth() > 0) {
            Label marker = new Label(block.place().marker());
            marker.getStyleClass().add("marker");
            marker.setMinWidth(INDENT * block.place().depth());
            row.getChildren().add(marker);
        }
        row.getChildren().add(content);
        return row;
    }

    private static SelectableFlow words(Block.Words words) {
        SelectableFlow flow = new SelectableFlow(words.spans());
        if (words.heading() > 0) flow.getStyleClass().addAll("heading", "heading-" + Math.min(words.heading(), 3));
        return flow;
    }

    private static Region table(Block.Table table) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("table");
        int columns = table.rows().stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < columns; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setHgrow(Priority.ALWAYS);
            column.setMinWidth(0);
            grid.getColumnConstraints().add(column);
        }
        for (int r = 0; r < table.rows().size(); r++) {
            List<List<Span>> row = table.rows().get(r);
            for (int c = 0; c < row.size(); c++) {
                SelectableFlow cell = new SelectableFlow(row.get(c));
                cell.getStyleClass().add(r == 0 ? "cell-head" : "cell");
                grid.add(cell, c, r);
            }
        }
        return grid;
    }

    private static Region line() {
        Region line = new Region();
        line.getStyleClass().add("rule");
        return line;
    }
}
