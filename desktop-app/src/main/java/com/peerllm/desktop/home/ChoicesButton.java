package com.peerllm.desktop.home;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Beside the big button: pausing, or sharing anyway, for a while. */
final class ChoicesButton extends MenuButton {
    private final HomeViewModel model;
    private final Messages messages;

    ChoicesButton(HomeViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        setId("choices");
        getStyleClass().add("choices-button");
        setGraphic(new FontIcon(Feather.CLOCK));
        setAccessibleText(messages.text("home.choices"));
        setMinWidth(USE_PREF_SIZE);
        Shown.when(model.choicesProperty().map(HomeChoices::any), this);
        model.choicesProperty().subscribe(this::offer);
    }

    private void offer(HomeChoices choices) {
        List<List<MenuItem>> groups = new ArrayList<>();
        if (choices.followRules()) {
            groups.add(List.of(item(messages.text("home.choices.followRules"), model::followRules)));
        }
        if (choices.shareAnyway()) groups.add(sharing());
        if (choices.pause()) groups.add(pausing());
        if (choices.stop()) groups.add(List.of(item(messages.text("home.choices.stop"), model::stop)));
        getItems().clear();
        for (List<MenuItem> group : groups) {
            if (!getItems().isEmpty()) getItems().add(new SeparatorMenuItem());
            getItems().addAll(group);
        }
    }

    private List<MenuItem> sharing() {
        return List.of(
                item(messages.text("home.choices.share.hours", 1), () -> model.shareAnywayFor(Duration.ofHours(1))),
                item(messages.text("home.choices.share.hours", 2), () -> model.shareAnywayFor(Duration.ofHours(2))),
                item(messages.text("home.choices.share.tomorrow"), model::shareAnywayUntilTomorrow));
    }

    private List<MenuItem> pausing() {
        return List.of(
                item(messages.text("home.choices.pause.hour"), () -> model.pauseFor(Duration.ofHours(1))),
                item(messages.text("home.choices.pause.tomorrow"), model::pauseUntilTomorrow),
                item(messages.text("home.choices.pause.open"), model::pauseUntilResumed));
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(chosen -> action.run());
        return item;
    }
}
