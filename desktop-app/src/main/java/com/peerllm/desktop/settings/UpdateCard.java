package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProgressLine;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;

/** Newer versions of the program. */
final class UpdateCard extends SettingsCard {

    UpdateCard(UpdateModel model, Messages messages) {
        super(messages.text("settings.update"));
        TextLine line = TextLine.of(model.face().map(UpdateFace::line));
        line.setId("update-line");
        ProgressLine progress =
                new ProgressLine(messages.text("settings.update"), model.face().map(UpdateFace::share));
        add(
                new TroubleLine(model.refusalProperty()),
                line,
                Shown.when(model.face().map(face -> face.share().isPresent()), progress),
                buttons(model, messages));
        if (model.hasAddress())
            add(looks(model, messages), new TroubleLine(model.looks().troubleProperty()));
    }

    private static Node buttons(UpdateModel model, Messages messages) {
        Button act = whole(new Button());
        act.setId("update-act");
        model.face()
                .map(UpdateFace::action)
                .subscribe(action -> action.ifPresent(one -> act.setText(name(one, messages))));
        act.setOnAction(pressed -> model.act());
        Button cancel = whole(new Button(messages.text("settings.update.cancel")));
        cancel.setId("update-cancel");
        cancel.setOnAction(pressed -> model.cancel());
        Hyperlink notes = whole(new Hyperlink(messages.text("settings.update.notes")));
        notes.setId("update-notes");
        notes.setOnAction(pressed -> model.openNotes());
        HBox row = new HBox(
                Shown.when(model.face().map(face -> face.action().isPresent()), act),
                Shown.when(model.face().map(UpdateFace::cancels), cancel),
                Shown.when(model.face().map(face -> face.notes().isPresent()), notes));
        row.getStyleClass().add("button-row");
        return Shown.when(
                model.face()
                        .map(face -> face.action().isPresent()
                                || face.cancels()
                                || face.notes().isPresent()),
                row);
    }

    private static String name(UpdateFace.Action action, Messages messages) {
        return switch (action) {
            case LOOK -> messages.text("settings.update.look");
            case DOWNLOAD -> messages.text("settings.update.download");
            case AGAIN -> messages.text("settings.update.again");
            case RESTART -> messages.text("settings.update.restart");
            case INSTALL -> messages.text("settings.update.install");
        };
    }

    private static Node looks(UpdateModel model, Messages messages) {
        SwitchRow row = new SwitchRow(
                messages.text("settings.update.looks"),
                messages.text("settings.update.looks.about"),
                model.looks().property(),
                model.looks()::wish);
        row.toggle().setId("look-for-updates");
        return row;
    }
}
