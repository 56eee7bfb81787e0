package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.host.settings.SharingRules.Profile;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Light, Balanced or Full: three big choices. */
final class ProfileCard extends VBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final RulesViewModel model;
    private final ToggleGroup group = new ToggleGroup();

    ProfileCard(RulesViewModel model, Messages messages) {
        this.model = model;
        GridPane choices = new GridPane();
        choices.getStyleClass().add("profile-choices");
        VBox[] all = {
            choice(Profile.LIGHT, messages.text("rules.light"), messages.text("rules.light.detail")),
            choice(Profile.BALANCED, messages.text("rules.balanced"), messages.text("rules.balanced.detail")),
            choice(Profile.FULL, messages.text("rules.full"), messages.text("rules.full.detail"))
        };
        for (int i = 0; i < all.length; i++) {
            choices.add(all[i], i, 0);
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / all.length);
            choices.getColumnConstraints().add(column);
        }
        Label adjusted = TextLine.quiet(messages.text("rules.adjusted"));
        Button undo = new Button(messages.text("rules.adjusted.undo"));
        undo.setId("rules-undo");
        undo.setMinWidth(USE_PREF_SIZE);
        undo.setOnAction(_ -> model.choose(model.rulesProperty().get().profile()));
        HBox row = new HBox(adjusted, undo);
        row.getStyleClass().add("adjusted-row");
        Shown.when(model.rulesProperty().map(_ -> model.isAdjusted()), row);
        getChildren().setAll(new Card(messages.text("rules.profile.heading"), choices, row));
    }

    private VBox choice(Profile profile, String name, String detail) {
        RadioButton button = new RadioButton(name);
        button.setId("profile-" + profile.name().toLowerCase(Locale.ROOT));
        button.setAccessibleHelp(detail);
        button.setToggleGroup(group);
        button.setOnAction(_ -> model.choose(profile));
        VBox card = new VBox(button, TextLine.quiet(detail));
        card.getStyleClass().add("profile-choice");
        GridPane.setVgrow(card, Priority.ALWAYS);
        card.setOnMouseClicked(_ -> button.fire());
        model.rulesProperty().subscribe(rules -> button.setSelected(rules.profile() == profile));
        button.selectedProperty().subscribe(selected -> card.pseudoClassStateChanged(SELECTED, selected));
        return card;
    }
}
