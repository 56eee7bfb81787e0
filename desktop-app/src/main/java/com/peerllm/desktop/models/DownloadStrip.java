package com.peerllm.desktop.models;

import com.peerllm.desktop.models.DownloadsViewModel.Leading;
import com.peerllm.desktop.toolkit.FigureText;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ProgressLine;
import com.peerllm.desktop.toolkit.Shown;
import com.peerllm.desktop.toolkit.TextLine;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The most telling download in one line, for the foot of every screen; takes no room while there is none, or while all of them
 * are seen above.
 */
public final class DownloadStrip extends StackPane {
    private static final double BAR_WIDTH = 160;

    private final Messages messages;

    public DownloadStrip(ModelsViewModel model, Messages messages) {
        this.messages = messages;
        getStyleClass().add("download-strip");
        ObservableValue<Optional<Leading>> leading = model.downloads().leadingProperty();
        leading.map(now -> now.map(Leading::row))
                .subscribe(row -> getChildren()
                        .setAll(row.map(shown -> line(shown, leading)).stream().toList()));
        ObservableValue<Boolean> seenAbove = model.downloadsSeen();
        Shown.when(
                Bindings.createBooleanBinding(
                        () -> leading.getValue().isPresent() && !seenAbove.getValue(), leading, seenAbove),
                this);
    }

    private Node line(DownloadRow row, ObservableValue<Optional<Leading>> leading) {
        ObservableValue<DownloadFace> face = row.faceProperty();
        ObservableValue<String> others =
                leading.map(now -> now.map(Leading::others).orElse(""));
        TextLine name = new TextLine("", "strip-name");
        name.textProperty()
                .bind(Bindings.createStringBinding(() -> face.getValue().name() + others.getValue(), face, others));
        FigureText figures = new FigureText(
                face.map(now -> now.pace().isEmpty() ? now.amounts() : now.amounts() + " · " + now.pace()));
        figures.getStyleClass().add("strip-figures");
        ObservableValue<Boolean> stands = face.map(now -> now.sentence().isPresent());
        VBox words = new VBox(
                name,
                Shown.when(stands.map(now -> !now), figures),
                TextLine.ofOptional(face.map(DownloadFace::waitsFor), "strip-sentence"),
                TextLine.ofOptional(face.map(DownloadFace::needs), "strip-sentence", "strip-trouble"),
                TextLine.ofOptional(row.troubleProperty(), "strip-sentence", "strip-trouble"));
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
