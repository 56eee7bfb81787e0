package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What is kept of all chats, in place of the open chat while it is looked at. */
final class HistoryPane extends VBox {

    HistoryPane(ChatViewModel model, SavePlace place, Messages messages) {
        getStyleClass().add("history");
        getChildren().setAll(kept(model, messages), files(model, place, messages), end(model, messages));
    }

    private static VBox kept(ChatViewModel model, Messages messages) {
        CheckBox keep = new CheckBox(messages.text("chat.history.keep"));
        keep.setId("keep");
        keep.setWrapText(true);
        model.history().keepingProperty().subscribe(keep::setSelected);
        keep.setOnAction(pressed -> model.history().keep(keep.isSelected()));
        return card(
                heading(messages.text("chat.history.heading")),
                line(messages.text("chat.history.where")),
                keep,
                quiet(messages.text("chat.history.keep.note")),
                quiet(model.history().limits()));
    }

    private static VBox files(ChatViewModel model, SavePlace place, Messages messages) {
        Button markdown = new Button(messages.text("chat.export.all.markdown"));
        markdown.setId("export-all-markdown");
        markdown.setOnAction(pressed ->
                place.choose(model.fileName(true, false)).ifPresent(file -> model.export(file, true, false)));
        Button json = new Button(messages.text("chat.export.all.json"));
        json.setId("export-all-json");
        json.setOnAction(
                pressed -> place.choose(model.fileName(true, true)).ifPresent(file -> model.export(file, true, true)));
        FlowPane buttons = buttons(markdown, json);
        model.history().emptyProperty().subscribe(buttons::setDisable);
        return card(heading(messages.text("chat.export.heading")), quiet(messages.text("chat.export.note")), buttons);
    }

    private static VBox end(ChatViewModel model, Messages messages) {
        Button delete = new Button(messages.text("chat.deleteAll"));
        delete.setId("delete-all");
        delete.setOnAction(pressed -> model.history().askWhetherToDeleteAll());
        model.history().emptyProperty().subscribe(delete::setDisable);
        Button really = new Button(messages.text("chat.deleteAll.really"));
        really.setId("delete-all-really");
        really.getStyleClass().add("danger");
        really.setOnAction(pressed -> model.deleteAll());
        Button no = new Button(messages.text("chat.deleteAll.no"));
        no.setId("delete-nothing");
        no.setOnAction(pressed -> model.history().deleteNothing());
        Label question = line(messages.text("chat.deleteAll.question"));
        VBox asked = new VBox(question, buttons(really, no));
        asked.getStyleClass().add("asked");
        model.history().confirmingProperty().subscribe(confirming -> {
            show(asked, confirming);
            show(delete, !confirming);
            if (confirming) no.requestFocus();
        });
        return card(heading(messages.text("chat.deleteAll.heading")), delete, asked);
    }

    private static void show(javafx.scene.Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private static VBox card(javafx.scene.Node... content) {
        VBox card = new VBox(content);
        card.getStyleClass().add("card");
        return card;
    }

    private static FlowPane buttons(Button... all) {
        FlowPane buttons = new FlowPane(all);
        buttons.getStyleClass().add("buttons");
        return buttons;
    }

    private static Label heading(String text) {
        Label heading = line(text);
        heading.getStyleClass().add("card-value");
        return heading;
    }

    private static Label quiet(String text) {
        Label quiet = line(text);
        quiet.getStyleClass().add("quiet");
        return quiet;
    }

    private static Label line(String text) {
        Label line = new Label(text);
        line.setWrapText(true);
        line.setMinHeight(USE_PREF_SIZE);
        return line;
    }
}
