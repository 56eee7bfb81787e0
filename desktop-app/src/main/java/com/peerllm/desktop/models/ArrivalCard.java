package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ArrivalFace.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProgressLine;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A file that is being taken in, or what became of it. */
final class ArrivalCard extends VBox {

    ArrivalCard(ArrivalRow row, Messages messages) {
        getStyleClass().addAll("card", "arrival-card");
        ObservableValue<ArrivalFace> face = row.faceProperty();
        FontIcon sign = new FontIcon(Feather.FILE);
        face.map(ArrivalFace::kind).subscribe(kind -> {
            sign.setIconCode(sign(kind));
            sign.getStyleClass().removeAll("good-sign", "bad-sign");
            if (kind == Kind.ADDED) sign.getStyleClass().add("good-sign");
            if (kind == Kind.REFUSED) sign.getStyleClass().add("bad-sign");
        });
        VBox words = new VBox(
                TextLine.of(face.map(ArrivalFace::name), "arrival-name"), TextLine.of(face.map(ArrivalFace::sentence)));
        words.getStyleClass().add("card-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button leave = new Button();
        leave.setMinWidth(USE_PREF_SIZE);
        leave.textProperty()
                .bind(face.map(now ->
                        now.cancellable() ? messages.text("models.arrival.cancel") : messages.text("models.dismiss")));
        leave.setOnAction(pressed -> row.leave());
        HBox head = new HBox(sign, words, leave);
        head.getStyleClass().add("card-head");
        ObservableValue<Optional<Double>> share = face.map(ArrivalFace::share);
        getChildren()
                .setAll(
                        head,
                        Shown.when(
                                share.map(Optional::isPresent),
                                new ProgressLine(
                                        messages.text(
                                                "models.arrival.progress",
                                                face.getValue().name()),
                                        share)));
    }

    private static Ikon sign(Kind kind) {
        return switch (kind) {
            case WAITING, READING -> Feather.FILE;
            case ADDED -> Feather.CHECK_CIRCLE;
            case LEFT -> Feather.INFO;
            case REFUSED -> Feather.ALERT_TRIANGLE;
        };
    }
}
