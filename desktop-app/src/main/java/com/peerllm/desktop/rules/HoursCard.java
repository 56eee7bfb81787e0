package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.host.settings.WeekHours;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The hours of the week in which sharing is allowed. */
final class HoursCard extends VBox {

    HoursCard(RulesViewModel model, Messages messages) {
        FlowPane presets = new FlowPane(
                preset("hours-always", messages.text("rules.hours.always"), model, WeekHours.ALWAYS),
                preset("hours-nights", messages.text("rules.hours.nights"), model, WeekHours.NIGHTS),
                preset("hours-never", messages.text("rules.hours.clear"), model, WeekHours.NEVER));
        presets.getStyleClass().add("hours-presets");
        getChildren()
                .setAll(new Card(
                        messages.text("rules.hours.heading"),
                        TextLine.quiet(messages.text("rules.hours.help")),
                        new WeekGrid(model, messages),
                        presets));
    }

    private static Button preset(String id, String text, RulesViewModel model, WeekHours hours) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(_ -> model.allHours(hours));
        return button;
    }
}
