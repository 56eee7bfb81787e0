package com.peerllm.desktop.home;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Which network this computer shares with, the name it has there, and what the network thinks of it. */
final class NetworkRow extends GridPane {
    /** An address is the longest; the note of the reputation is a sentence. */
    private static final double[] PERCENT = {42, 24, 34};

    private final HomeViewModel model;
    private final Messages messages;

    NetworkRow(HomeViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("network-row");
        VBox unknown = Shown.when(model.networkKnownProperty().map(known -> !known), address());
        VBox known = Shown.when(model.networkKnownProperty(), network());
        for (double share : PERCENT) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            getColumnConstraints().add(column);
        }
        addRow(0, new StackPane(unknown, known), name(), reputation());
    }

    /** Before the first start. */
    private VBox address() {
        TextField field = new TextField();
        field.setId("address");
        // An address reads left to right in every script.
        field.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        field.setPromptText(messages.text("home.address.example"));
        field.setAccessibleText(messages.text("home.address.label"));
        field.setAccessibleHelp(messages.text("home.address.help"));
        field.textProperty().bindBidirectional(model.addressProperty());
        field.setOnAction(entered -> model.act());
        return labelled(messages.text("home.address.label"), field);
    }

    private VBox network() {
        TextLine address = TextLine.of(model.addressProperty(), "network-value");
        address.setId("network");
        address.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        Hyperlink change = new Hyperlink(messages.text("home.network.change"));
        change.setId("change-network");
        change.setMinWidth(USE_PREF_SIZE);
        change.setOnAction(pressed -> model.openSettings());
        return labelled(messages.text("home.network.label"), new VBox(address, change));
    }

    private VBox name() {
        Label name = new Label(model.pseudonym());
        name.setId("name");
        name.getStyleClass().add("network-value");
        name.setMinWidth(USE_PREF_SIZE);
        return labelled(messages.text("home.name.label"), name);
    }

    private VBox reputation() {
        ObservableValue<Optional<HomeFigures.Reputation>> reputation =
                model.figuresProperty().map(HomeFigures::reputation);
        TextLine value = TextLine.of(
                reputation.map(known -> known.map(HomeFigures.Reputation::value).orElse("")), "network-value");
        value.setId("reputation");
        TextLine note = TextLine.of(
                reputation.map(known -> known.map(HomeFigures.Reputation::note).orElse("")), "quiet");
        VBox part = labelled(messages.text("home.reputation.label"), new VBox(value, note));
        return Shown.when(reputation.map(Optional::isPresent), part);
    }

    private static VBox labelled(String text, Node what) {
        Label label = new Label(text);
        label.getStyleClass().add("field-label");
        label.setMinWidth(USE_PREF_SIZE);
        label.setLabelFor(what);
        VBox part = new VBox(label, what);
        part.getStyleClass().add("network-part");
        return part;
    }
}
