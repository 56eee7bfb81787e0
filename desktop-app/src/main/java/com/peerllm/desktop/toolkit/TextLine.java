package com.peerllm.desktop.toolkit;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;

/** A text that goes on in the next line where it does not fit, instead of being cut off. */
public final class TextLine extends Label {

    public TextLine(String text, String... styles) {
        super(text);
        getStyleClass().addAll(styles);
        setWrapText(true);
        setMinHeight(USE_PREF_SIZE);
    }

    /** Follows a text that changes. */
    public static TextLine of(ObservableValue<String> text, String... styles) {
        TextLine line = new TextLine("", styles);
        line.textProperty().bind(text);
        return line;
    }

    /** Follows a text that is not always there; without it the line takes no room. */
    public static TextLine ofOptional(ObservableValue<Optional<String>> text, String... styles) {
        TextLine line = of(text.map(some -> some.orElse("")), styles);
        return Shown.when(text.map(Optional::isPresent), line);
    }

    /** Small and grey: what explains something else. */
    public static TextLine quiet(String text) {
        return new TextLine(text, "quiet");
    }
}
