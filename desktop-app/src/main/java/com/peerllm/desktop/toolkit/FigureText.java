package com.peerllm.desktop.toolkit;

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
    private static final String DIGITS = "0123456789";

    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");

    public FigureText(ObservableValue<String> source) {
        getStyleClass().add("figure-text");
        setAlignment(Pos.BASELINE_LEFT);
        // Digits run left to right in every script.
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setAccessibleRole(AccessibleRole.TEXT);
        accessibleTextProperty().bind(text);
        text.addListener((property, before, now) -> show(now));
        text.bind(source);
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    private void show(String now) {
        while (getChildren().size() > now.length()) getChildren().removeLast();
        while (getChildren().size() < now.length()) getChildren().add(new Cell());
        for (int i = 0; i < now.length(); i++) ((Cell) getChildren().get(i)).show(now.charAt(i));
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

    /** One character; a digit is as wide as the widest digit. */
    private static final class Cell extends Label {
        private char shown;

        Cell() {
            setAlignment(Pos.BASELINE_CENTER);
            fontProperty().addListener((property, before, now) -> fit());
        }

        void show(char character) {
            if (character == shown) return;
            shown = character;
            setText(String.valueOf(character));
            fit();
        }

        private void fit() {
            boolean digit = Character.isDigit(shown);
            setMinWidth(digit ? widestDigit(getFont()) : USE_PREF_SIZE);
            setPrefWidth(digit ? getMinWidth() : USE_COMPUTED_SIZE);
        }
    }
}
