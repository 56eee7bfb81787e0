package com.peerllm.desktop.chat;

import com.peerllm.desktop.chat.markdown.Block;
import com.peerllm.desktop.chat.markdown.MarkdownText;
import com.peerllm.desktop.chat.markdown.Span;
import com.peerllm.desktop.toolkit.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One message: what was said, what was thought before, what it took, and what can be done with it. */
final class TurnNode extends VBox {
    private final OpenChatModel model;
    private final Messages messages;
    private final Consumer<String> clipboard;
    private final VBox body = new VBox();
    private final BlockNodes blocks;
    private final MarkdownText growing = new MarkdownText();
    private final SelectableFlow thoughts = new SelectableFlow(List.of());
    private final ToggleButton thinking = new ToggleButton();
    private final Label status = line("turn-status");
    private TurnText turn;
    private String wholeText = "";

    TurnNode(TurnText turn, OpenChatModel model, Messages messages, Consumer<String> clipboard) {
        this.turn = turn;
        this.model = model;
        this.messages = messages;
        this.clipboard = clipboard;
        blocks = new BlockNodes(messages, clipboard);
        getStyleClass().addAll("turn", turn.byPerson() ? "by-person" : "by-model");
        body.getStyleClass().add("turn-body");
        body.setAccessibleRole(AccessibleRole.TEXT);
        MenuItem copy = new MenuItem(messages.text("chat.copy"));
        MenuItem all = new MenuItem(messages.text("chat.selectAll"));
        TextSelection selection =
                new TextSelection(body, this::flows, () -> wholeText, clipboard, new ContextMenu(copy, all));
        copy.setOnAction(chosen -> selection.copy());
        all.setOnAction(chosen -> selection.selectAll());
        thinking.getStyleClass().addAll("flat", "small", "thinking-toggle");
        thinking.setGraphic(new FontIcon(Feather.CHEVRON_RIGHT));
        thinking.selectedProperty()
                .subscribe(
                        open -> thinking.setGraphic(new FontIcon(open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT)));
        thoughts.getStyleClass().add("thoughts");
        thoughts.visibleProperty().bind(thinking.selectedProperty().and(thinking.visibleProperty()));
        thoughts.managedProperty().bind(thoughts.visibleProperty());
        show(turn);
    }

    TurnText turn() {
        return turn;
    }

    /** Shows it when it changed. */
    void show(TurnText next) {
        turn = next;
        if (!next.writing()) showWhole();
        build();
    }

    /** While it is being written. */
    void showGrowing(LiveText live) {
        wholeText = live.text();
        blocks.show(growing.show(live.text()));
        showThinking(live.thinking(), live.text().isEmpty());
        status.setText(live.status());
        show(status, !live.status().isEmpty());
        body.setAccessibleText(live.text());
    }

    private void showWhole() {
        wholeText = turn.text();
        List<Block> read = turn.byPerson()
                ? List.of(new Block.Words(new Block.Place(0, "", false), 0, List.of(plain(turn.text()))))
                : MarkdownText.whole(turn.text());
        blocks.show(turn.text().isEmpty() ? List.of() : read);
        showThinking(turn.thinking(), false);
        show(status, false);
        body.setAccessibleText(turn.text().isEmpty() ? turn.trouble() : turn.text());
    }

    private static Span plain(String text) {
        return new Span(text, false, false, false);
    }

    private void showThinking(String text, boolean still) {
        thoughts.show(List.of(plain(text.strip())));
        thinking.setText(still ? messages.text("chat.thinking") : messages.text("chat.thoughts"));
        show(thinking, !text.isBlank());
    }

    private void build() {
        body.getChildren().setAll(blocks);
        show(body, !turn.text().isEmpty() || turn.writing());
        if (turn.byPerson()) {
            HBox row = new HBox(body);
            row.getStyleClass().add("said");
            if (turn.last()) row.getChildren().addFirst(edit());
            row.getChildren().addFirst(copy());
            getChildren().setAll(row);
            return;
        }
        List<Node> parts = new ArrayList<>(List.of(line("turn-who", turn.who()), thinking, thoughts, body));
        if (turn.writing()) parts.add(status);
        if (!turn.note().isEmpty()) parts.add(line("turn-note", turn.note()));
        if (!turn.trouble().isEmpty()) parts.add(trouble());
        if (!turn.writing()) parts.add(below());
        getChildren().setAll(parts);
    }

    private Node trouble() {
        Label sentence = line("trouble-sentence", turn.trouble());
        HBox row = new HBox(new FontIcon(Feather.ALERT_TRIANGLE), sentence);
        row.getStyleClass().add("turn-trouble");
        return row;
    }

    /** What it took, and what can be done with it. */
    private FlowPane below() {
        FlowPane row = new FlowPane();
        row.getStyleClass().add("turn-actions");
        if (!turn.facts().isEmpty()) {
            Label facts = new Label(turn.facts());
            facts.getStyleClass().add("quiet");
            row.getChildren().add(facts);
        }
        if (!turn.text().isEmpty()) row.getChildren().add(copy());
        if (turn.last()) {
            Button again = action(Feather.REFRESH_CW, again());
            again.setId("again");
            again.setText(again());
            again.setOnAction(pressed -> model.askAgain());
            row.getChildren().add(again);
        }
        return row;
    }

    private Button copy() {
        Button copy = action(Feather.COPY, messages.text("chat.copy.message"));
        copy.setOnAction(pressed -> {
            clipboard.accept(turn.text());
            copy.setGraphic(new FontIcon(Feather.CHECK));
        });
        return copy;
    }

    private Button edit() {
        Button edit = action(Feather.EDIT_2, messages.text("chat.edit"));
        edit.setId("edit");
        edit.setOnAction(pressed -> model.edit());
        return edit;
    }

    private String again() {
        boolean whole = turn.trouble().isEmpty() && turn.note().isEmpty();
        return whole ? messages.text("chat.again") : messages.text("chat.tryAgain");
    }

    private static Button action(Ikon icon, String words) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll("flat", "small", "turn-action");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private List<SelectableFlow> flows() {
        return blocks.flows();
    }

    private static Label line(String style) {
        Label line = new Label();
        line.getStyleClass().add(style);
        line.setWrapText(true);
        line.setMinHeight(USE_PREF_SIZE);
        return line;
    }

    private static Label line(String style, String text) {
        Label line = line(style);
        line.setText(text);
        return line;
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
