package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.ChoiceBar.Choice;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.host.settings.SharingRules.Profile;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.layout.VBox;

/** How much of the computer, and when not. */
final class WhenPane extends VBox {

    WhenPane(WhenStep model, Messages messages) {
        getStyleClass().addAll("card", "onboarding-card");
        String name = messages.text("onboarding.when.profile");
        FormRow profile = new FormRow(
                name,
                " ",
                new ChoiceBar<>(
                        name,
                        List.of(
                                new Choice<>(Profile.LIGHT, messages.text("onboarding.when.light")),
                                new Choice<>(Profile.BALANCED, messages.text("onboarding.when.balanced")),
                                new Choice<>(Profile.FULL, messages.text("onboarding.when.full"))),
                        model.profileProperty(),
                        model::choose));
        profile.about().textProperty().bind(model.profileProperty().map(chosen -> switch (chosen) {
            case LIGHT -> messages.text("onboarding.when.light.about");
            case BALANCED -> messages.text("onboarding.when.balanced.about");
            case FULL -> messages.text("onboarding.when.full.about");
        }));
        SwitchRow login = row(
                messages.text("onboarding.when.login"),
                model.whyNoLogin().orElseGet(() -> messages.text("onboarding.when.login.about")),
                model.startAtLoginProperty());
        login.toggle().setDisable(model.whyNoLogin().isPresent());
        getChildren()
                .setAll(
                        profile,
                        row(
                                messages.text("onboarding.when.use"),
                                messages.text("onboarding.when.use.about"),
                                model.pauseWhileUsedProperty()),
                        row(messages.text("onboarding.when.battery"), "", model.notOnBatteryProperty()),
                        login);
    }

    private static SwitchRow row(String name, String about, BooleanProperty value) {
        return new SwitchRow(name, about, value, value::set);
    }
}
