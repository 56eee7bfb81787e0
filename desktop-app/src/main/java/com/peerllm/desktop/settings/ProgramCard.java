package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Start at login, the first steps again, and what this program is. */
final class ProgramCard extends SettingsCard {

    ProgramCard(SettingsViewModel model, Messages messages) {
        super(messages.text("settings.program"));
        add(login(model, messages), new TroubleLine(model.login().troubleProperty()));
        SettingsSource.Looks window = model.looks();
        add(new SwitchRow(
                messages.text("settings.closing"),
                window.hasTray() ? messages.text("settings.closing.tray") : messages.text("settings.closing.minimized"),
                window.closingQuits(),
                window::closingQuits));
        Button quit = whole(new Button(messages.text("settings.quit")));
        quit.setId("quit");
        quit.setOnAction(pressed -> window.quit());
        Button again = whole(new Button(messages.text("settings.firstRun.open")));
        again.setId("first-run-again");
        again.setOnAction(pressed -> model.firstRunAgain());
        add(new FormRow(messages.text("settings.firstRun"), messages.text("settings.firstRun.about"), again));
        add(new FormRow(messages.text("settings.quit.name"), messages.text("settings.quit.about"), quit));
        add(about(model, messages));
    }

    private static Node login(SettingsViewModel model, Messages messages) {
        String about = model.whyNoLogin().orElseGet(() -> messages.text("settings.login.about"));
        SwitchRow row = new SwitchRow(
                messages.text("settings.login"), about, model.login().property(), model.login()::wish);
        row.toggle().setId("start-at-login");
        row.toggle().setDisable(!model.canStartAtLogin());
        return row;
    }

    private static Node about(SettingsViewModel model, Messages messages) {
        TextLine engine = TextLine.of(
                model.engineProperty()
                        .map(release -> release.map(known -> messages.text("settings.about.engine", known))
                                .orElseGet(() -> messages.text("settings.about.engine.unknown"))),
                "quiet");
        VBox lines = new VBox(
                new TextLine(messages.text("settings.about.version", model.version())),
                engine,
                TextLine.quiet(messages.text("settings.about.licences")));
        lines.getStyleClass().add("about-lines");
        return lines;
    }
}
