package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFigures.Money;
import com.peerllm.desktop.toolkit.Card;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The model, the tokens and the money, side by side. */
final class FigureCards extends GridPane {
    private static final int COLUMNS = 3;

    private final Messages messages;

    FigureCards(ObservableValue<HomeFigures> figures, Messages messages) {
        this.messages = messages;
        getStyleClass().add("figure-cards");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            getColumnConstraints().add(column);
        }
        addRow(0, model(figures), tokens(figures), earnings(figures));
    }

    private Node model(ObservableValue<HomeFigures> figures) {
        Label name = text("model", "card-value", figures.map(HomeFigures::modelName));
        ProgressBar busy = new ProgressBar();
        busy.getStyleClass().add("small");
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(messages.text("home.model.slots.label"));
        busy.progressProperty().bind(figures.map(HomeFigures::slotsBusy));
        VBox slots = new VBox(optional("slots", "card-line", figures.map(HomeFigures::slots)), busy);
        slots.getStyleClass().add("card-lines");
        show(slots, figures.map(f -> f.slots().isPresent()));
        return new Card(
                messages.text("home.model.heading"),
                name,
                text("model-detail", "quiet", figures.map(HomeFigures::modelDetail)),
                slots);
    }

    private Node tokens(ObservableValue<HomeFigures> figures) {
        Label unit = note(messages.text("home.tokens.perSecond"));
        show(unit, figures.map(HomeFigures::rateMeasured));
        VBox speed = new VBox(figure("rate", "card-figure", figures.map(HomeFigures::tokenRate)), unit);
        VBox counts = new VBox(
                line(
                        messages.text("home.tokens.in"),
                        figure("tokens-in", "card-line", figures.map(HomeFigures::tokensIn))),
                line(
                        messages.text("home.tokens.out"),
                        figure("tokens-out", "card-line", figures.map(HomeFigures::tokensOut))),
                note(messages.text("home.tokens.since")));
        counts.getStyleClass().add("card-lines");
        return new Card(messages.text("home.tokens.heading"), speed, counts);
    }

    private Node earnings(ObservableValue<HomeFigures> figures) {
        ObservableValue<Optional<Money>> money = figures.map(HomeFigures::money);
        ObservableValue<Boolean> earned = money.map(Optional::isPresent);
        Label none = note(messages.text("home.earnings.none"));
        none.setId("no-earnings");
        none.getStyleClass().setAll("label", "card-value");
        show(none, earned.map(some -> !some));
        ObservableValue<String> todayText =
                money.map(m -> m.flatMap(Money::today).orElseGet(() -> messages.text("home.earnings.nothingToday")));
        VBox today =
                new VBox(figure("earned-today", "card-figure", todayText), note(messages.text("home.earnings.today")));
        show(today, earned);
        FigureText total = figure(
                "earned-total", "card-line", money.map(m -> m.map(Money::total).orElse("")));
        show(total, earned);
        VBox sum = new VBox(total, text("earnings-note", "quiet", figures.map(HomeFigures::earningsNote)));
        return new Card(
                messages.text("home.earnings.heading"),
                none,
                today,
                sum,
                optional("disputed", "disputed", figures.map(HomeFigures::disputed)));
    }

    private static HBox line(String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(label, value);
        line.getStyleClass().add("named-figure");
        return line;
    }

    private static FigureText figure(String id, String style, ObservableValue<String> value) {
        FigureText figure = new FigureText(value);
        figure.setId(id);
        figure.getStyleClass().add(style);
        return figure;
    }

    private static Label note(String text) {
        Label note = new Label(text);
        note.getStyleClass().add("quiet");
        wrap(note);
        return note;
    }

    private static Label text(String id, String style, ObservableValue<String> value) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add(style);
        label.textProperty().bind(value);
        wrap(label);
        return label;
    }

    private static Label optional(String id, String style, ObservableValue<Optional<String>> value) {
        Label label = text(id, style, value.map(text -> text.orElse("")));
        show(label, value.map(Optional::isPresent));
        return label;
    }

    private static void wrap(Label label) {
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
    }

    private static void show(Node node, ObservableValue<Boolean> when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
