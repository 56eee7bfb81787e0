package com.peerllm.desktop.settings;

import com.peerllm.desktop.settings.SettingsSource.ApiState;
import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.ChoiceBar.Choice;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import com.peerllm.desktop.toolkit.TwoStepButton;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The endpoint for other programs of this computer. */
final class LocalApiCard extends SettingsCard {
    private static final int PORT_COLUMNS = 6;

    private final LocalApiModel model;
    private final Messages messages;

    LocalApiCard(LocalApiModel model, Messages messages) {
        super(messages.text("settings.api"));
        this.model = model;
        this.messages = messages;
        add(
                new SwitchRow(
                        messages.text("settings.api.on"),
                        messages.text("settings.api.on.about"),
                        model.on().property(),
                        model.on()::wish),
                new TroubleLine(model.on().troubleProperty()),
                new TroubleLine(model.stateProperty().map(ApiState::trouble)),
                Shown.when(model.on().property(), details()));
    }

    private Node details() {
        VBox rows = new VBox(
                addresses(),
                key(),
                new TroubleLine(model.key().troubleProperty()),
                mode(),
                new TroubleLine(model.mode().troubleProperty()),
                port(),
                new TroubleLine(model.port().troubleProperty()),
                new SwitchRow(
                        messages.text("settings.api.home"),
                        messages.text("settings.api.home.about"),
                        model.homeNetwork().property(),
                        model.homeNetwork()::wish),
                new TroubleLine(model.homeNetwork().troubleProperty()));
        return rows;
    }

    private Node addresses() {
        TextLine addresses = TextLine.of(model.stateProperty()
                .map(state -> state.addresses().isEmpty()
                        ? messages.text("settings.api.notListening")
                        : String.join("\n", state.addresses())));
        addresses.setId("api-addresses");
        return new FormRow(messages.text("settings.api.addresses"), "", whole(addresses));
    }

    private Node key() {
        Button copy = whole(new Button(messages.text("settings.api.key.copy")));
        copy.setId("copy-api-key");
        copy.setOnAction(pressed -> model.copyKey(key -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(key);
            Clipboard.getSystemClipboard().setContent(content);
        }));
        TwoStepButton renew = new TwoStepButton(
                messages.text("settings.api.key.renew"), messages.text("settings.api.key.renew.sure"), model::renewKey);
        renew.setId("renew-api-key");
        HBox row = new HBox(copy, renew);
        row.getStyleClass().add("button-row");
        return new FormRow(messages.text("settings.api.key"), messages.text("settings.api.key.about"), row);
    }

    private Node mode() {
        String name = messages.text("settings.api.mode");
        List<Choice<Mode>> choices = List.of(
                new Choice<>(Mode.LOCAL, messages.text("settings.api.mode.local")),
                new Choice<>(Mode.NETWORK, messages.text("settings.api.mode.network")),
                new Choice<>(Mode.AUTOMATIC, messages.text("settings.api.mode.automatic")));
        return new FormRow(
                name,
                messages.text("settings.api.mode.about"),
                new ChoiceBar<>(name, choices, model.mode().property(), model.mode()::wish));
    }

    private Node port() {
        TextField field = new TextField();
        field.setId("api-port");
        field.setPrefColumnCount(PORT_COLUMNS);
        model.port().property().subscribe(port -> field.setText(Integer.toString(port)));
        field.setOnAction(entered -> model.wishPort(field.getText()));
        field.focusedProperty().subscribe(focused -> {
            boolean changed = !field.getText()
                    .equals(Integer.toString(model.port().property().get()));
            if (!focused && changed) model.wishPort(field.getText());
        });
        return new FormRow(messages.text("settings.api.port"), "", field);
    }
}
