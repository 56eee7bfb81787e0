package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.TwoStepButton;
import com.peerllm.desktop.toolkit.WholeButton;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

/** The network, the name there, and the person's key of it. */
final class AccountCard extends SettingsCard {
    private static final double FIELD = 240;

    AccountCard(AccountModel model, Messages messages) {
        super(messages.text("settings.account"));
        add(
                network(model, messages),
                new TroubleLine(model.network().troubleProperty()),
                name(model, messages),
                key(model, messages),
                new TroubleLine(model.key().troubleProperty()));
    }

    private static FormRow network(AccountModel model, Messages messages) {
        TextField field = new TextField();
        field.setId("settings-address");
        field.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        field.setPrefWidth(FIELD);
        field.setPromptText(messages.text("settings.network.example"));
        field.setAccessibleText(messages.text("settings.network"));
        field.textProperty().bindBidirectional(model.addressProperty());
        field.setOnAction(entered -> model.keepAddress());
        Button keep =
                button("keep-address", messages.text("settings.network.keep"), model::keepAddress, model.network());
        return new FormRow(
                messages.text("settings.network"), messages.text("settings.network.about"), row(field, keep));
    }

    private static FormRow name(AccountModel model, Messages messages) {
        return new FormRow(
                messages.text("settings.name"),
                messages.text("settings.name.about"),
                whole(new TextLine(model.pseudonym())));
    }

    private static FormRow key(AccountModel model, Messages messages) {
        PasswordField field = new PasswordField();
        field.setId("network-key");
        field.setPrefWidth(FIELD);
        field.setAccessibleText(messages.text("settings.key"));
        model.hasKeyProperty()
                .subscribe(has -> field.setPromptText(
                        has ? messages.text("settings.key.there") : messages.text("settings.key.paste")));
        field.textProperty().bindBidirectional(model.typedKeyProperty());
        field.setOnAction(entered -> model.keepKey());
        Button keep = button("keep-key", messages.text("settings.key.keep"), model::keepKey, model.key());
        TwoStepButton forget = new TwoStepButton(
                messages.text("settings.key.forget"), messages.text("settings.key.forget.sure"), model::forgetKey);
        forget.setId("forget-key");
        Shown.when(model.hasKeyProperty(), forget);
        return new FormRow(
                messages.text("settings.key"), messages.text("settings.key.about"), row(field, keep, forget));
    }

    private static Button button(String id, String text, Runnable action, Errand errand) {
        Button button = WholeButton.of(id, text, action);
        button.disableProperty().bind(errand.busyProperty());
        return button;
    }

    private static HBox row(Node... controls) {
        HBox row = new HBox(controls);
        row.getStyleClass().add("button-row");
        return row;
    }
}
