package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A model of this computer: what it is, how it stands, and behind a fold all that can be done with it. */
final class ModelCard extends VBox {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final ModelRow row;
    private final ObservableValue<ModelFace> face;
    private final Messages messages;

    ModelCard(ModelRow row, Messages messages) {
        this.row = row;
        this.messages = messages;
        face = row.faceProperty();
        getStyleClass().addAll("card", "model-card");
        getChildren()
                .setAll(
                        head(),
                        TextLine.of(face.map(now -> now.facts() + " · " + now.speed()), "quiet"),
                        new TroubleLine(face.map(ModelFace::problem)),
                        new TroubleLine(row.troubleProperty()),
                        new TroubleLine(row.speedTest().troubleProperty()));
        // Most rows are never unfolded.
        row.openProperty().subscribe(open -> {
            if (open && getChildren().getLast() instanceof TroubleLine)
                getChildren().add(details());
        });
    }

    private Node head() {
        VBox words = new VBox(TextLine.of(face.map(ModelFace::name), "card-value"), state());
        words.getStyleClass().add("card-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        String unfold = messages.text("models.unfold", face.getValue().name());
        HBox head = new HBox(
                words,
                new FitBadge(face.map(ModelFace::fit)),
                new UnfoldButton(messages.text("models.details"), unfold, row.openProperty()));
        head.getStyleClass().add("card-head");
        return head;
    }

    private Node state() {
        Region dot = new Region();
        dot.getStyleClass().add("state-dot");
        face.map(ModelFace::kind).subscribe(kind -> {
            dot.pseudoClassStateChanged(GOOD, kind == ModelFace.Kind.LOADED);
            dot.pseudoClassStateChanged(BUSY, kind == ModelFace.Kind.BUSY);
            dot.pseudoClassStateChanged(WARNING, kind == ModelFace.Kind.WARNING);
            dot.pseudoClassStateChanged(BAD, kind == ModelFace.Kind.BAD);
        });
        HBox state = new HBox(dot, TextLine.of(face.map(ModelFace::state)));
        state.getStyleClass().add("state");
        return state;
    }

    private Node details() {
        VBox details = new VBox(
                TextLine.of(face.map(now -> now.fit().why()), "quiet"),
                TextLine.of(face.map(ModelFace::paid), "quiet"),
                network(),
                pin(),
                new PriceRow(row, messages),
                new ModelActions(row, messages));
        details.getStyleClass().add("details");
        return Shown.when(row.openProperty(), details);
    }

    private Node network() {
        SwitchRow network = new SwitchRow(
                messages.text("models.network"),
                messages.text("models.network.about"),
                face.map(ModelFace::onNetwork),
                row::offer);
        network.toggle().disableProperty().bind(row.busyProperty());
        return network;
    }

    private Node pin() {
        SwitchRow pin = new SwitchRow(
                messages.text("models.pin"), messages.text("models.pin.about"), face.map(ModelFace::pinned), row::pin);
        pin.toggle().disableProperty().bind(row.busyProperty());
        return pin;
    }
}
