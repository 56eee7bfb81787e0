package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** All chats, to be searched and chosen from. */
final class ChatListPane extends VBox {
    private static final double LINE_HEIGHT = 64;

    private final ChatViewModel model;
    private final ListView<ChatLine> list = new ListView<>();
    private final TextField search = new TextField();
    private boolean choosing;

    /** @param history shows what is kept of all chats */
    ChatListPane(ChatViewModel model, ToggleButton history, Runnable rename, Messages messages) {
        this.model = model;
        getStyleClass().add("chat-list");
        Button begin = new Button(messages.text("chat.new"), new FontIcon(Feather.PLUS));
        begin.setId("new-chat");
        begin.setMaxWidth(Double.MAX_VALUE);
        begin.setOnAction(pressed -> model.begin());
        search.setId("search");
        search.setPromptText(messages.text("chat.search"));
        search.setAccessibleText(messages.text("chat.search"));
        search.textProperty().bindBidirectional(model.list().searchProperty());
        search.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) search.clear();
        });
        list.setId("chats");
        list.setAccessibleText(messages.text("chat.list"));
        list.setItems(model.list().lines());
        list.setFixedCellSize(LINE_HEIGHT);
        list.setCellFactory(view -> new ChatCell(messages));
        list.setPlaceholder(placeholder(messages));
        list.getSelectionModel().selectedItemProperty().subscribe(line -> {
            if (line != null && !choosing) model.open(line.id());
        });
        list.setOnKeyPressed(key -> {
            ChatLine line = list.getSelectionModel().getSelectedItem();
            if (line == null) return;
            if (key.getCode() == KeyCode.DELETE) model.delete(line.id());
            if (key.getCode() == KeyCode.F2) rename.run();
        });
        // The arrow keys go on from the open chat, also after the list was searched.
        list.focusedProperty().subscribe(focused -> chooseTheOpenOne());
        list.getItems().subscribe(this::chooseTheOpenOne);
        model.openIdProperty().subscribe(id -> chooseTheOpenOne());
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setMinHeight(0);
        history.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(history, Priority.ALWAYS);
        getChildren().setAll(begin, search, list, history);
    }

    void find() {
        search.requestFocus();
        search.selectAll();
    }

    private Label placeholder(Messages messages) {
        Label label = new Label();
        label.getStyleClass().add("quiet");
        label.setWrapText(true);
        label.textProperty()
                .bind(model.list()
                        .nothingFoundProperty()
                        .map(none -> none ? messages.text("chat.search.none") : messages.text("chat.list.none")));
        return label;
    }

    private void chooseTheOpenOne() {
        choosing = true;
        int at = -1;
        for (int i = 0; i < list.getItems().size(); i++)
            if (list.getItems().get(i).id() == model.openIdProperty().get()) at = i;
        if (at < 0) list.getSelectionModel().clearSelection();
        else list.getSelectionModel().clearAndSelect(at);
        list.getFocusModel().focus(at);
        choosing = false;
    }
}
