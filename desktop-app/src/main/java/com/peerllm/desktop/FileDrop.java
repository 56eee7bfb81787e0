package com.peerllm.desktop;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/** Lets files be dropped anywhere on the window, unless a part of a screen takes them itself. */
final class FileDrop {
    private FileDrop() {}

    static void on(Scene scene, Consumer<List<Path>> taker) {
        scene.setOnDragOver(drag -> {
            if (drag.getDragboard().hasFiles()) drag.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
        });
        scene.setOnDragDropped(drag -> dropped(drag, taker));
    }

    private static void dropped(DragEvent drag, Consumer<List<Path>> taker) {
        Dragboard board = drag.getDragboard();
        if (!board.hasFiles()) return;
        taker.accept(board.getFiles().stream().map(File::toPath).toList());
        drag.setDropCompleted(true);
    }
}
