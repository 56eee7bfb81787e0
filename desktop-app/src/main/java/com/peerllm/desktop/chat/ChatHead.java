package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The title of the open chat, which can be written over in its place, and what can be done with the chat. */
final class ChatHead extends HBox {
    private final ChatViewModel model;
    private final TextField title = new TextField();

    /** @param more shows what is seldom needed */
    ChatHead(ChatViewModel model, ToggleButton more, Messages messages) {
        this.model = model;
        getStyleClass().add("chat-head");
        title.setId("title");
        title.setPromptText(messages.text("chat.new"));
        title.setAccessibleText(messages.text("chat.title"));
        title.setAccessibleHelp(messages.text("chat.title.help"));
        title.setOnAction(entered -> rename());
        title.focusedProperty().subscribe(focused -> {
            if (!focused) rename();
        });
        title.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) showTitle();
        });
        model.open().titleProperty().subscribe(now -> showTitle());
        title.disableProperty().bind(model.open().titleProperty().isEmpty());
        HBox.setHgrow(title, Priority.ALWAYS);
        ToggleButton favourite = new ToggleButton(null, new FontIcon(Feather.STAR));
        name(favourite, "favourite", messages.text("chat.favourite"));
        favourite.setOnAction(pressed -> model.open().favour(favourite.isSelected()));
        model.open().favouriteProperty().subscribe(favourite::setSelected);
        favourite.disableProperty().bind(title.disableProperty());
        Button delete = icon(Feather.TRASH_2);
        name(delete, "delete", messages.text("chat.delete"));
        delete.setOnAction(pressed -> model.delete(model.openIdProperty().get()));
        delete.disableProperty().bind(title.disableProperty());
        getChildren().setAll(title, favourite, delete, more);
    }

    void rename(Runnable then) {
        title.requestFocus();
        title.selectAll();
        then.run();
    }

    private void rename() {
        if (!title.getText().equals(model.open().titleProperty().get()))
            model.open().rename(title.getText());
        showTitle();
    }

    private void showTitle() {
        title.setText(model.open().titleProperty().get());
    }

    private static Button icon(Ikon icon) {
        return new Button(null, new FontIcon(icon));
    }

    private static void name(javafx.scene.control.ButtonBase button, String id, String words) {
        button.setId(id);
        button.getStyleClass().addAll("button-icon", "flat");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
    }
}
