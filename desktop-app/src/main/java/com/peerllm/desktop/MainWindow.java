package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The program's window around the shell. */
final class MainWindow {
    private static final double FIRST_WIDTH = 1120;
    private static final double FIRST_HEIGHT = 760;
    private static final double LEAST_WIDTH = 800;
    private static final double LEAST_HEIGHT = 560;

    private MainWindow() {}

    static void open(Stage stage, Shell shell, Theme theme, Messages messages) {
        Scene scene = new Scene(shell, FIRST_WIDTH, FIRST_HEIGHT);
        theme.dress(scene);
        stage.setTitle(messages.text("shell.title"));
        stage.getIcons().setAll(StageIcons.all());
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.show();
    }
}
