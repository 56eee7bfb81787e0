package com.peerllm.desktop.toolkit;

import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * A number whose digits all take the same room, so that it does not jump when it changes.
 *
 * <p>JavaFX has no switch for a font's tabular figures, and some system fonts have proportional ones.
 */
public final class FigureText extends HBox {
    /** Between a digit and whatever stands beside it. */
    private static final Pattern CELLS = Pattern.compile("(?<=\\d)|(?=\\d)");

    private static final String DIGITS = "0123456789";

    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");

    public FigureText(ObservableValue<String> source) {
        getStyleClass().add("figure-text");
        setAlignment(Pos.BASELINE_LEFT);
        // Digits run left to right in every script.
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        // Not wider than it is: what is around it aligns it, on the right in a window that reads from there.
        setMaxWidth(USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TEXT);
        accessibleTextProperty().bind(text);
        text.subscribe(this::show);
        text.bind(source);
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    private void show(String now) {
        String[] cells = CELLS.split(now);
        while (getChildren().size() > cells.length) getChildren().removeLast();
        while (getChildren().size() < cells.length) getChildren().add(new Cell());
        for (int i = 0; i < cells.length; i++) ((Cell) getChildren().get(i)).show(cells[i]);
    }

    private static double widestDigit(Font font) {
        double widest = 0;
        for (int i = 0; i < DIGITS.length(); i++) {
            Text digit = new Text(DIGITS.substring(i, i + 1));
            digit.setFont(font);
            widest = Math.max(widest, digit.getLayoutBounds().getWidth());
        }
        return Math.ceil(widest);
    }

    /** One digit, as wide as the widest; or the text between digits. */
    private static final class Cell extends Label {
        Cell() {
            setAlignment(Pos.BASELINE_CENTER);
            fontProperty().subscribe(this::fit);
        }

        void show(String cell) {
            if (cell.equals(getText())) return;
            setText(cell);
            fit();
        }

        private void fit() {
            boolean digit =
                    getText().length() == 1 && Character.isDigit(getText().charAt(0));
            setMinWidth(digit ? widestDigit(getFont()) : USE_PREF_SIZE);
            setPrefWidth(digit ? getMinWidth() : USE_COMPUTED_SIZE);
        }
    }
}
