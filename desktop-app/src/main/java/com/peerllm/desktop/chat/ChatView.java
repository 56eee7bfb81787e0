package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Several chats at once: all of them at the left, the open one at the right. */
public final class ChatView extends HBox {
    private static final KeyCombination NEW = new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);

    private final ChatViewModel model;
    private final Messages messages;
    private final ToggleButton history;

    public ChatView(ChatViewModel model, SavePlace place, Messages messages) {
        this(
                model,
                place,
                text -> Clipboard.getSystemClipboard().setContent(java.util.Map.of(DataFormat.PLAIN_TEXT, text)),
                messages);
    }

    /** @param clipboard takes what is copied */
    public ChatView(ChatViewModel model, SavePlace place, Consumer<String> clipboard, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("chat");
        setMinHeight(0);
        history = toggle("history", messages.text("chat.history"), Feather.CLOCK);
        ToggleButton more = toggle("more", null, Feather.SLIDERS);
        more.getStyleClass().add("button-icon");
        more.setAccessibleText(messages.text("chat.more"));
        more.setTooltip(new Tooltip(messages.text("chat.more")));
        ChatHead head = new ChatHead(model, more, messages);
        ComposerPane composer = new ComposerPane(model, messages);
        TurnsPane turns = new TurnsPane(model.open(), messages, clipboard);
        MorePane seldom = new MorePane(model, place, messages);
        show(seldom, more.selectedProperty());
        VBox chat = new VBox(head, seldom, middle(turns), composer);
        chat.getStyleClass().add("open-chat");
        ScrollPane kept = new ScrollPane(new HistoryPane(model, place, messages));
        kept.getStyleClass().add("turn-scroll");
        kept.setFitToWidth(true);
        kept.setFocusTraversable(false);
        show(kept, history.selectedProperty());
        show(chat, history.selectedProperty().not());
        StackPane page = new StackPane(chat, kept);
        page.setMinSize(0, 0);
        VBox.setVgrow(page, Priority.ALWAYS);
        VBox right = new VBox(lines(), page);
        right.getStyleClass().add("chat-right");
        right.setMinSize(0, 0);
        HBox.setHgrow(right, Priority.ALWAYS);
        ChatListPane list = new ChatListPane(model, history, () -> head.rename(this::showChat), messages);
        getChildren().setAll(list, right);
        model.openIdProperty().subscribe(id -> showChat());
        EventHandler<KeyEvent> shortcuts = key -> {
            if (NEW.match(key)) {
                model.begin();
                composer.focusDraft();
            } else if (FIND.match(key)) list.find();
            else return;
            key.consume();
        };
        // On the whole window while Chat is open: just after it was chosen, the focus is still on the navigation.
        sceneProperty().subscribe((before, now) -> {
            if (before != null) before.removeEventFilter(KeyEvent.KEY_PRESSED, shortcuts);
            if (now != null) now.addEventFilter(KeyEvent.KEY_PRESSED, shortcuts);
        });
        model.seen();
    }

    private void showChat() {
        history.setSelected(false);
    }

    /** What was said; or, where nothing was, what to do. */
    private StackPane middle(TurnsPane turns) {
        Label sentence = wrapped(new Label(), "empty-sentence");
        Label next = wrapped(new Label(), "quiet");
        Button models = new Button(messages.text("chat.empty.models"));
        models.setId("to-models");
        models.setOnAction(pressed -> model.goToModels());
        ObservableValue<Boolean> someModel =
                model.answerers().chosenProperty().map(chosen -> true).orElse(false);
        sentence.textProperty()
                .bind(someModel.map(some -> some ? messages.text("chat.empty") : messages.text("chat.empty.noModel")));
        next.textProperty()
                .bind(someModel.flatMap(some -> some
                        ? model.answerers()
                                .keylessProperty()
                                .map(keyless ->
                                        keyless ? messages.text("chat.empty.noKey") : messages.text("chat.empty.next"))
                        : new SimpleStringProperty(messages.text("chat.empty.noModel.next"))));
        show(models, someModel.map(some -> !some));
        VBox empty = new VBox(new FontIcon(Feather.MESSAGE_SQUARE), sentence, next, models);
        empty.getStyleClass().add("chat-empty");
        ObservableValue<Boolean> nothingSaid = model.open().turnsProperty().map(List::isEmpty);
        show(empty, nothingSaid);
        StackPane middle = new StackPane(turns, empty);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        return middle;
    }

    /** What happened that the person should know, each in a line with what can be done about it. */
    private VBox lines() {
        Button back = new Button(messages.text("chat.deleted.back"));
        back.setId("take-back");
        back.setOnAction(pressed -> model.takeBack());
        ObservableValue<String> deleted = model.list()
                .deletionProperty()
                .map(last ->
                        last.map(d -> messages.text("chat.deleted", d.title())).orElse(""));
        Button again = new Button(messages.text("chat.tryAgain"));
        again.setId("read-network");
        again.setOnAction(pressed -> model.answerers().readNetwork());
        ObservableValue<String> network = model.answerers()
                .networkTroubleProperty()
                .map(why -> why.isEmpty() ? "" : messages.text("chat.network.trouble", why));
        VBox lines = new VBox(
                line("deleted", deleted, back),
                line("exported", model.history().exportedProperty()),
                line("disk-trouble", model.history().diskTroubleProperty()),
                line("open-trouble", model.troubleProperty()),
                line("network-trouble", network, again));
        lines.getStyleClass().add("chat-lines");
        return lines;
    }

    private static HBox line(String id, ObservableValue<String> text, Node... actions) {
        Label sentence = wrapped(new Label(), "line-sentence");
        sentence.setId(id);
        sentence.textProperty().bind(text);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        HBox line = new HBox(sentence);
        for (Node action : actions) {
            ((Button) action).setMinWidth(USE_PREF_SIZE);
            action.getStyleClass().add("small");
            line.getChildren().add(action);
        }
        line.getStyleClass().add("chat-line");
        show(line, text.map(words -> !words.isEmpty()));
        return line;
    }

    private static Label wrapped(Label label, String style) {
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private static ToggleButton toggle(String id, String words, Feather icon) {
        ToggleButton button = new ToggleButton(words, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().add("flat");
        return button;
    }

    private static void show(Node node, ObservableValue<Boolean> when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
