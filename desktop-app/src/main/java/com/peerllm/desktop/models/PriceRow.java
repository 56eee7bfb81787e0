package com.peerllm.desktop.models;

import atlantafx.base.theme.Styles;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.beans.property.StringProperty;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What a model costs, and the fields to change it, in the same place. */
final class PriceRow extends VBox {
    private static final int FIELD_COLUMNS = 7;

    private final ModelRow row;
    private final PriceEditor editor;
    private final Messages messages;
    private final Button change = new Button();

    PriceRow(ModelRow row, Messages messages) {
        this.row = row;
        this.messages = messages;
        editor = row.priceEditor();
        change.setText(messages.text("models.price.change"));
        change.setOnAction(pressed -> row.editPrice());
        change.getStyleClass().add("price-change");
        Shown.when(editor.openProperty().not(), change);
        FormRow now = new FormRow(messages.text("models.price"), "", change);
        ((VBox) now.getChildren().getFirst())
                .getChildren()
                .add(TextLine.of(row.faceProperty().map(ModelFace::price), "quiet", "price"));
        getChildren().setAll(now, form());
    }

    private Node form() {
        TextField prompt = field(messages.text("models.price.prompt"), editor.promptProperty());
        TextField completion = field(messages.text("models.price.completion"), editor.completionProperty());
        Button save = new Button(messages.text("models.price.save"));
        save.getStyleClass().add(Styles.ACCENT);
        save.setOnAction(pressed -> editor.save());
        Button network = new Button(messages.text("models.price.useNetwork"));
        network.setOnAction(pressed -> editor.askAsTheNetwork());
        Button cancel = new Button(messages.text("models.price.cancel"));
        cancel.setOnAction(pressed -> editor.cancel());
        HBox fields = new HBox(
                labelled(messages.text("models.price.prompt"), prompt),
                labelled(messages.text("models.price.completion"), completion));
        fields.getStyleClass().add("price-fields");
        HBox buttons = new HBox(save, network, cancel);
        buttons.getStyleClass().add("button-row");
        VBox form = new VBox(fields, new TroubleLine(editor.troubleProperty()), buttons);
        form.getStyleClass().add("price-form");
        form.setOnKeyPressed(key -> {
            if (key.getCode() != KeyCode.ESCAPE) return;
            editor.cancel();
            key.consume();
        });
        editor.openProperty().subscribe((before, open) -> {
            if (open) prompt.requestFocus();
            else change.requestFocus();
        });
        return Shown.when(editor.openProperty(), form);
    }

    private TextField field(String name, StringProperty typed) {
        TextField field = new TextField();
        field.setPrefColumnCount(FIELD_COLUMNS);
        field.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        field.setPromptText(messages.text("models.price.example"));
        field.setAccessibleText(name);
        field.textProperty().bindBidirectional(typed);
        field.setOnAction(entered -> editor.save());
        return field;
    }

    private static Node labelled(String name, TextField field) {
        Label label = new TextLine(name, "field-label");
        label.setLabelFor(field);
        VBox both = new VBox(label, field);
        both.getStyleClass().add("labelled");
        return both;
    }
}
