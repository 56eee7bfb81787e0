package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What is seldom needed of the open chat: instructions to the model, and the chat as a file. */
final class MorePane extends VBox {

    MorePane(ChatViewModel model, SavePlace place, Messages messages) {
        getStyleClass().addAll("card", "more");
        TextArea instructions = new TextArea();
        instructions.setId("instructions");
        instructions.setWrapText(true);
        instructions.setPrefRowCount(2);
        instructions.setMinHeight(USE_PREF_SIZE);
        instructions.setPromptText(messages.text("chat.instructions.prompt"));
        instructions.setAccessibleText(messages.text("chat.instructions"));
        instructions.textProperty().bindBidirectional(model.open().instructionsProperty());
        Label label = new Label(messages.text("chat.instructions"));
        label.getStyleClass().add("field-label");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.setLabelFor(instructions);
        Button markdown = new Button(messages.text("chat.export.one.markdown"));
        markdown.setId("export-markdown");
        markdown.setOnAction(pressed -> save(model, place, false));
        Button json = new Button(messages.text("chat.export.one.json"));
        json.setId("export-json");
        json.setOnAction(pressed -> save(model, place, true));
        FlowPane files = new FlowPane(markdown, json);
        files.getStyleClass().add("buttons");
        files.disableProperty().bind(model.open().titleProperty().isEmpty());
        getChildren().setAll(label, instructions, files);
    }

    private static void save(ChatViewModel model, SavePlace place, boolean json) {
        place.choose(model.fileName(false, json)).ifPresent(file -> model.export(file, false, json));
    }
}
