package com.peerllm.desktop.models;

import com.peerllm.desktop.models.DownloadsViewModel.Leading;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The most telling download in one line, for the foot of every screen; takes no room while there is none. */
public final class DownloadStrip extends StackPane {
    private static final double BAR_WIDTH = 160;

    private final Messages messages;

    public DownloadStrip(DownloadsViewModel model, Messages messages) {
        this.messages = messages;
        getStyleClass().add("download-strip");
        ObservableValue<Optional<Leading>> leading = model.leadingProperty();
        leading.map(now -> now.map(Leading::row))
                .subscribe(row -> getChildren()
                        .setAll(row.map(shown -> line(shown, leading)).stream().toList()));
        Shown.when(leading.map(Optional::isPresent), this);
    }

    private Node line(DownloadRow row, ObservableValue<Optional<Leading>> leading) {
        ObservableValue<DownloadFace> face = row.faceProperty();
        ObservableValue<String> others =
                leading.map(now -> now.map(Leading::others).orElse(""));
        TextLine name = TextLine.of(face.map(DownloadFace::name), "strip-name");
        HBox figures = new HBox(
                new FigureText(
                        face.map(now -> now.pace().isEmpty() ? now.amounts() : now.amounts() + " · " + now.pace())),
                Shown.when(others.map(text -> !text.isEmpty()), TextLine.of(others)));
        figures.getStyleClass().add("strip-figures");
        ObservableValue<Boolean> stands = face.map(now -> now.sentence().isPresent());
        VBox words = new VBox(
                name,
                Shown.when(stands.map(now -> !now), figures),
                TextLine.ofOptional(face.map(DownloadFace::sentence), "strip-sentence"),
                TextLine.ofOptional(row.troubleProperty(), "strip-sentence"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        ProgressLine bar = new ProgressLine(
                messages.text("models.download.progress", face.getValue().name()), face.map(DownloadFace::share));
        bar.setMinWidth(BAR_WIDTH);
        bar.setPrefWidth(BAR_WIDTH);
        HBox line = new HBox(words, bar, new DownloadButtons(row, messages));
        line.getStyleClass().add("strip-line");
        return line;
    }
}
