package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One chat in the list: its title, when something was said last, and whether an answer is on its way. */
final class ChatCell extends ListCell<ChatLine> {
    private final Messages messages;
    private final Label title = new Label();
    private final Label when = new Label();
    private final FontIcon star = new FontIcon(Feather.STAR);
    private final HBox row;

    ChatCell(Messages messages) {
        this.messages = messages;
        title.getStyleClass().add("chat-title");
        title.setWrapText(true);
        when.getStyleClass().add("quiet");
        VBox words = new VBox(title, when);
        words.getStyleClass().add("chat-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        star.getStyleClass().add("favourite-mark");
        row = new HBox(words, star);
        row.getStyleClass().add("chat-row");
        // As wide as the list, so that long titles go on in a second line.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(ChatLine line, boolean empty) {
        super.updateItem(line, empty);
        if (empty || line == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        title.setText(line.title());
        when.setText(state(line));
        when.getStyleClass().remove("answering");
        if (line.answering()) when.getStyleClass().add("answering");
        star.setVisible(line.favourite());
        star.setManaged(line.favourite());
        setAccessibleText(line.title() + ", " + state(line));
        setGraphic(row);
    }

    private String state(ChatLine line) {
        if (line.answering()) return messages.text("chat.list.answering");
        return line.kept() ? line.when() : messages.text("chat.list.notKept", line.when());
    }
}
