package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.host.settings.SharingRules;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** For who wants to be more exact than a profile: shares of processor and memory, the GPU, downloads. Closed at first. */
final class MoreCard extends VBox {
    private static final int LEAST_PERCENT = 5;
    private static final int STEP = 5;

    private final RulesViewModel model;
    private final Messages messages;

    MoreCard(RulesViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().add("rules-more");
        ToggleButton more = new ToggleButton(messages.text("rules.more"));
        more.setId("rules-more");
        more.getStyleClass().add("more-button");
        FontIcon arrow = new FontIcon(Feather.CHEVRON_DOWN);
        more.setGraphic(arrow);
        more.selectedProperty().subscribe(open -> arrow.setIconCode(open ? Feather.CHEVRON_UP : Feather.CHEVRON_DOWN));
        Card card = new Card(
                messages.text("rules.more.heading"),
                percent(
                        "processor",
                        messages.text("rules.processor"),
                        SharingRules::shareOfProcessor,
                        model::processorPercent),
                percent("memory", messages.text("rules.memory"), SharingRules::shareOfMemory, model::memoryPercent),
                gpu(),
                new NumberLine(
                        "downloads",
                        model.downloads(),
                        messages.text("rules.downloads"),
                        messages.text("rules.downloads.unit"),
                        messages.text("rules.downloads.name")));
        Shown.when(more.selectedProperty(), card);
        getChildren().setAll(more, card);
    }

    private HBox percent(String id, String name, ToIntFunction<SharingRules> share, IntConsumer change) {
        Slider slider = new Slider(LEAST_PERCENT, 100, 100);
        slider.setId(id);
        slider.setMajorTickUnit(STEP);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setBlockIncrement(STEP);
        slider.setAccessibleText(name);
        HBox.setHgrow(slider, Priority.ALWAYS);
        model.rulesProperty().subscribe(rules -> {
            if (!slider.isValueChanging()) slider.setValue(share.applyAsInt(rules));
        });
        // While it is dragged only its figure moves.
        slider.valueChangingProperty().addListener((_, _, moving) -> {
            if (!moving) change.accept(stepped(slider.getValue()));
        });
        slider.valueProperty().addListener((_, _, value) -> {
            int now = stepped(value.doubleValue());
            boolean isNew = now != share.applyAsInt(model.rulesProperty().get());
            if (!slider.isValueChanging() && isNew) change.accept(now);
        });
        Label label = new Label(name);
        label.getStyleClass().add("percent-name");
        label.setLabelFor(slider);
        FigureText figure = new FigureText(
                slider.valueProperty().map(value -> messages.text("rules.percent", stepped(value.doubleValue()))));
        figure.getStyleClass().add("percent-figure");
        HBox line = new HBox(label, slider, figure);
        line.getStyleClass().add("percent-row");
        return line;
    }

    private static int stepped(double value) {
        return (int) Math.round(value);
    }

    private CheckBox gpu() {
        CheckBox box = new CheckBox(messages.text("rules.gpu"));
        box.setId("gpu");
        box.getStyleClass().add("rules-box");
        model.rulesProperty().subscribe(rules -> box.setSelected(rules.gpu()));
        box.setOnAction(_ -> model.gpu(box.isSelected()));
        return box;
    }
}
