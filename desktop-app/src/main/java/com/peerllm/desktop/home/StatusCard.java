package com.peerllm.desktop.home;

import com.peerllm.desktop.toolkit.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is so, why, and the one big button. */
final class StatusCard extends VBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final Messages messages;
    private final Button button = new Button();

    StatusCard(HomeViewModel model, Messages messages) {
        this.messages = messages;
        getStyleClass().addAll("card", "status-card");
        ObservableValue<HomeStatus> status = model.statusProperty();
        VBox words = words(status, model.figuresProperty().map(HomeFigures::confirmed));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox actions = new HBox(new ChoicesButton(model, messages), button);
        actions.getStyleClass().add("button-row");
        actions.setMinWidth(USE_PREF_SIZE);
        HBox top = new HBox(badge(status), words, actions);
        top.getStyleClass().add("status-row");
        button.getStyleClass().add("big-button");
        button.setId("share");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(pressed -> model.act());
        status.map(HomeStatus::action).subscribe(this::showAction);
        getChildren().setAll(top, new NetworkRow(model, messages));
    }

    private static StackPane badge(ObservableValue<HomeStatus> status) {
        FontIcon icon = new FontIcon();
        StackPane badge = new StackPane(icon);
        badge.getStyleClass().add("badge");
        status.map(HomeStatus::kind).subscribe(kind -> {
            icon.setIconCode(icon(kind));
            badge.pseudoClassStateChanged(GOOD, kind == HomeStatus.Kind.SHARING);
            badge.pseudoClassStateChanged(WARNING, isWarning(kind));
            badge.pseudoClassStateChanged(BAD, kind == HomeStatus.Kind.FAILED);
        });
        return badge;
    }

    private static boolean isWarning(HomeStatus.Kind kind) {
        return kind == HomeStatus.Kind.OFFLINE || kind == HomeStatus.Kind.RECOVERING;
    }

    private static Ikon icon(HomeStatus.Kind kind) {
        return switch (kind) {
            case NO_NETWORK -> Feather.LINK;
            case STOPPED -> Feather.MOON;
            case PAUSED -> Feather.PAUSE;
            case PREPARING, STOPPING -> Feather.LOADER;
            case SHARING -> Feather.ACTIVITY;
            case OFFLINE -> Feather.WIFI_OFF;
            case RECOVERING -> Feather.REFRESH_CW;
            case FAILED -> Feather.ALERT_TRIANGLE;
        };
    }

    private static VBox words(ObservableValue<HomeStatus> status, ObservableValue<Optional<String>> confirmed) {
        Label sentence = new Label();
        sentence.setId("status");
        sentence.getStyleClass().add("status-sentence");
        sentence.textProperty().bind(status.map(HomeStatus::sentence));
        Label reason = new Label();
        reason.setId("reason");
        reason.getStyleClass().add("status-reason");
        reason.textProperty().bind(status.map(HomeStatus::reason));
        Label seen = new Label();
        seen.setId("confirmed");
        seen.getStyleClass().add("quiet");
        seen.textProperty().bind(confirmed.map(text -> text.orElse("")));
        seen.visibleProperty().bind(confirmed.map(Optional::isPresent));
        seen.managedProperty().bind(seen.visibleProperty());
        for (Label line : new Label[] {sentence, reason, seen}) {
            line.setWrapText(true);
            line.setMinHeight(USE_PREF_SIZE);
        }
        VBox words = new VBox(sentence, reason, seen);
        words.getStyleClass().add("status-words");
        return words;
    }

    private void showAction(HomeStatus.Action action) {
        boolean stops = action == HomeStatus.Action.STOP || action == HomeStatus.Action.NONE;
        button.setText(
                switch (action) {
                    case START -> messages.text("home.button.start");
                    case STOP, NONE -> messages.text("home.button.stop");
                    case RESUME -> messages.text("home.button.resume");
                    case TRY_AGAIN -> messages.text("home.button.tryAgain");
                });
        button.setGraphic(new FontIcon(stops ? Feather.SQUARE : Feather.PLAY));
        button.setDisable(action == HomeStatus.Action.NONE);
        // One accent on the screen: the way forward. Stopping is always possible and never shouts.
        if (stops) button.getStyleClass().remove("accent");
        else if (!button.getStyleClass().contains("accent"))
            button.getStyleClass().add("accent");
    }
}
