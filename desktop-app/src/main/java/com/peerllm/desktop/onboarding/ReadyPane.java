package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The name that others will see, and the network. */
final class ReadyPane extends VBox {

    ReadyPane(OnboardingViewModel model, Messages messages) {
        getStyleClass().addAll("card", "onboarding-card");
        Label name = new Label(messages.text("onboarding.ready.name"));
        name.getStyleClass().add("field-label");
        TextLine pseudonym = new TextLine(model.pseudonym(), "onboarding-sentence");
        TextField address = new TextField();
        address.setId("first-address");
        address.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        address.setPromptText(messages.text("onboarding.ready.address.example"));
        address.setAccessibleText(messages.text("onboarding.ready.address"));
        address.textProperty().bindBidirectional(model.addressProperty());
        Label network = new Label(messages.text("onboarding.ready.address"));
        network.getStyleClass().add("field-label");
        network.setLabelFor(address);
        VBox top = new VBox(name, pseudonym, TextLine.quiet(messages.text("onboarding.ready.name.about")));
        VBox bottom = new VBox(network, address, TextLine.quiet(messages.text("onboarding.ready.address.about")));
        top.getStyleClass().add("card-lines");
        bottom.getStyleClass().add("card-lines");
        getChildren().setAll(top, bottom);
    }
}
