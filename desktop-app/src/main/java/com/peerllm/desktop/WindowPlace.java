package com.peerllm.desktop;

import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;

/** Where the window stood and how large it was, in the screen's own points. */
record WindowPlace(double x, double y, double width, double height, boolean maximized) {
    /** So much of the title must be on a screen for the window to be taken hold of. */
    private static final double GRIP_WIDTH = 120;

    private static final double GRIP_HEIGHT = 24;

    static WindowPlace of(Stage stage) {
        return new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
    }

    /** Whether a person can still reach it there: a screen may be gone since. */
    boolean isOn(List<Rectangle2D> screens) {
        return width > 0
                && height > 0
                && screens.stream()
                        .anyMatch(
                                screen -> screen.intersects(x + width / 2 - GRIP_WIDTH / 2, y, GRIP_WIDTH, GRIP_HEIGHT)
                                        && screen.contains(x + width / 2, Math.max(y, screen.getMinY())));
    }

    /** Brings a window here; a maximized one is given its other place too. */
    void give(Stage stage) {
        stage.setX(x);
        stage.setY(y);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.setMaximized(maximized);
    }
}
