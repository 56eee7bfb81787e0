package com.peerllm.desktop.home;

import com.peerllm.desktop.toolkit.Messages;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which network this computer shares with, and the name it has there. */
final class NetworkRow extends HBox {

    NetworkRow(HomeViewModel model, Messages messages) {
        getStyleClass().add("network-row");
        VBox address = address(model, messages);
        HBox.setHgrow(address, Priority.ALWAYS);
        getChildren().setAll(address, name(model, messages));
    }

    private static VBox address(HomeViewModel model, Messages messages) {
        TextField field = new TextField();
        field.setId("address");
        // An address reads left to right in every script.
        field.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        field.setPromptText(messages.text("home.address.example"));
        field.setAccessibleText(messages.text("home.address.label"));
        field.setAccessibleHelp(messages.text("home.address.help"));
        field.textProperty().bindBidirectional(model.addressProperty());
        field.editableProperty().bind(model.addressEditableProperty());
        field.setOnAction(entered -> {
            if (model.addressEditableProperty().get()) model.act();
        });
        Label label = new Label(messages.text("home.address.label"));
        label.getStyleClass().add("field-label");
        label.setLabelFor(field);
        return new VBox(label, field);
    }

    private static VBox name(HomeViewModel model, Messages messages) {
        Label label = new Label(messages.text("home.name.label"));
        label.getStyleClass().add("field-label");
        Label name = new Label(model.pseudonym());
        name.setId("name");
        name.getStyleClass().add("pseudonym");
        return new VBox(label, name);
    }
}
