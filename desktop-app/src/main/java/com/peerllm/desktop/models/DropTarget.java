package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.TextLine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Takes model files that are dropped anywhere on the window, and says so over all of it while they are dragged. A part of the
 * window that takes files for itself consumes the events; then this stays away.
 */
public final class DropTarget extends StackPane {
    private final Consumer<List<Path>> dropped;
    private final Messages messages;
    private final TextLine sentence = new TextLine("", "drop-sentence");

    private DropTarget(Consumer<List<Path>> dropped, Messages messages) {
        this.dropped = dropped;
        this.messages = messages;
        getStyleClass().add("drop-target");
        setManaged(false);
        setVisible(false);
        // The pointer goes on finding what is below.
        setMouseTransparent(true);
        VBox words = new VBox(new FontIcon(Feather.DOWNLOAD), sentence);
        words.getStyleClass().add("drop-words");
        getChildren().setAll(words);
    }

    /**
     * Puts it over the window.
     *
     * @param dropped takes what was dropped, on the thread of the screens
     */
    public static DropTarget install(Pane root, Consumer<List<Path>> dropped, Messages messages) {
        DropTarget target = new DropTarget(dropped, messages);
        root.getChildren().add(target);
        root.layoutBoundsProperty().subscribe(bounds -> target.resize(bounds.getWidth(), bounds.getHeight()));
        root.addEventFilter(DragEvent.DRAG_OVER, drag -> target.setVisible(false));
        root.addEventHandler(DragEvent.DRAG_OVER, target::over);
        root.addEventHandler(DragEvent.DRAG_EXITED, drag -> target.setVisible(false));
        root.addEventHandler(DragEvent.DRAG_DROPPED, target::drop);
        return target;
    }

    private void over(DragEvent drag) {
        Dragboard board = drag.getDragboard();
        if (!board.hasFiles()) return;
        // Never as a move: the file stays the person's.
        drag.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
        show(paths(board));
        drag.consume();
    }

    /** Shows what would become of these. */
    public void show(List<Path> files) {
        boolean some = files.stream().anyMatch(file -> FoundFiles.isModelFile(file) || Files.isDirectory(file));
        sentence.setText(some ? messages.text("models.drop") : messages.text("models.drop.wrong"));
        setVisible(true);
        toFront();
    }

    private void drop(DragEvent drag) {
        setVisible(false);
        Dragboard board = drag.getDragboard();
        if (!board.hasFiles()) return;
        dropped.accept(paths(board));
        drag.setDropCompleted(true);
        drag.consume();
    }

    private static List<Path> paths(Dragboard board) {
        return board.getFiles().stream().map(File::toPath).toList();
    }
}
