package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProgressLine;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import com.peerllm.desktop.toolkit.TroubleLine;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A model on its way to this computer. */
final class DownloadCard extends VBox {

    DownloadCard(DownloadRow row, Messages messages) {
        getStyleClass().addAll("card", "download-card");
        ObservableValue<DownloadFace> face = row.faceProperty();
        VBox words = new VBox(
                TextLine.of(face.map(DownloadFace::name), "card-value"), TextLine.of(face.map(DownloadFace::state)));
        words.getStyleClass().add("card-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(words, new DownloadButtons(row, messages));
        head.getStyleClass().add("card-head");
        ObservableValue<Boolean> underWay = face.map(now -> now.kind() != DownloadFace.Kind.DONE);
        getChildren()
                .setAll(
                        head,
                        Shown.when(
                                underWay,
                                new ProgressLine(
                                        messages.text(
                                                "models.download.progress",
                                                face.getValue().name()),
                                        face.map(DownloadFace::share))),
                        Shown.when(underWay, figures(face)),
                        TextLine.ofOptional(face.map(DownloadFace::waitsFor), "quiet"),
                        new TroubleLine(face.map(DownloadFace::needs)),
                        new TroubleLine(row.troubleProperty()));
    }

    private static Node figures(ObservableValue<DownloadFace> face) {
        FigureText amounts = new FigureText(face.map(DownloadFace::amounts));
        FigureText pace = new FigureText(face.map(DownloadFace::pace));
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox line = new HBox(amounts, room, pace);
        line.getStyleClass().add("download-figures");
        return line;
    }
}
