package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.host.platform.sensors.ThermalSensor;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;

/** What makes sharing wait: a person at the computer, the battery, heat. */
final class WhenCard extends VBox {

    WhenCard(RulesViewModel model, Messages messages) {
        Card card = new Card(messages.text("rules.when.heading"));
        card.getChildren()
                .add(new NumberLine(
                        "idle",
                        model.idleMinutes(),
                        messages.text("rules.idle"),
                        messages.text("rules.idle.unit"),
                        messages.text("rules.idle.name")));
        if (model.sensors().idle().isEmpty()) {
            card.getChildren().add(new TextLine(messages.text("rules.idle.unknown"), "rules-hint"));
        }
        card.getChildren().add(battery(model, messages));
        if (model.sensors().power().isEmpty()) {
            card.getChildren().add(new TextLine(messages.text("rules.battery.unknown"), "rules-hint"));
        }
        if (model.sensors().heat().isEmpty()) {
            card.getChildren().add(TextLine.quiet(messages.text("rules.heat.unknown")));
        } else {
            card.getChildren()
                    .add(new NumberLine(
                            "heat",
                            model.celsius(),
                            messages.text("rules.heat"),
                            messages.text("rules.heat.unit"),
                            messages.text("rules.heat.name")));
            String source = model.sensors().heat().map(ThermalSensor::source).orElse("");
            card.getChildren().add(new TextLine(messages.text("rules.heat.source", source), "rules-hint"));
        }
        getChildren().setAll(card);
    }

    private static CheckBox battery(RulesViewModel model, Messages messages) {
        CheckBox box = new CheckBox(messages.text("rules.battery"));
        box.setId("battery");
        box.getStyleClass().add("rules-box");
        model.rulesProperty().subscribe(rules -> box.setSelected(!rules.onBattery()));
        box.setOnAction(_ -> model.onBattery(!box.isSelected()));
        return box;
    }
}
