package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import java.io.File;
import java.nio.file.Path;
import javafx.scene.control.Button;
import javafx.stage.DirectoryChooser;

/** Where the program keeps its files. */
final class FoldersCard extends SettingsCard {
    private final SettingsViewModel model;
    private final Messages messages;

    FoldersCard(SettingsViewModel model, Messages messages) {
        super(messages.text("settings.folders"));
        this.model = model;
        this.messages = messages;
        add(models(), new TroubleLine(model.folders().troubleProperty()), data());
    }

    private FormRow models() {
        Button move = whole(new Button());
        move.setId("move-models");
        model.folders()
                .busyProperty()
                .subscribe(busy -> move.setText(
                        busy ? messages.text("settings.folders.moving") : messages.text("settings.folders.move")));
        move.disableProperty().bind(model.folders().busyProperty());
        move.setOnAction(pressed -> choose());
        FormRow row = new FormRow(messages.text("settings.folders.models"), " ", move);
        row.about().textProperty().bind(model.modelsFolderProperty().map(Path::toString));
        return row;
    }

    private FormRow data() {
        return new FormRow(
                messages.text("settings.folders.data"),
                model.dataFolder().toString(),
                whole(TextLine.quiet(messages.text("settings.folders.data.fixed"))));
    }

    private void choose() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(messages.text("settings.folders.choose"));
        File chosen = chooser.showDialog(getScene().getWindow());
        if (chosen != null) model.moveModels(chosen.toPath());
    }
}
