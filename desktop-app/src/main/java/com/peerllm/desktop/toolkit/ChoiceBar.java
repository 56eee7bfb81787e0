package com.peerllm.desktop.toolkit;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;

/** A few choices side by side, one of them chosen. */
public final class ChoiceBar<T> extends HBox {

    /** @param text for people */
    public record Choice<T>(T value, String text) {}

    /**
     * @param name what is chosen, for screen readers
     * @param choices at least two
     * @param chosen what is so
     * @param wish what the person wants now
     */
    public ChoiceBar(String name, List<Choice<T>> choices, ObservableValue<T> chosen, Consumer<T> wish) {
        getStyleClass().add("choice-bar");
        setAccessibleText(name);
        for (int i = 0; i < choices.size(); i++) {
            Choice<T> choice = choices.get(i);
            ChoiceButton button = new ChoiceButton(choice.text(), null);
            button.setMinWidth(USE_PREF_SIZE);
            button.setAccessibleText(name + ": " + choice.text());
            button.getStyleClass().add(place(i, choices.size()));
            button.setOnAction(pressed -> {
                wish.accept(choice.value());
                // A wish that is refused leaves what was chosen.
                button.setSelected(choice.value().equals(chosen.getValue()));
            });
            chosen.subscribe(now -> button.setSelected(choice.value().equals(now)));
            getChildren().add(button);
        }
    }

    private static String place(int index, int of) {
        if (index == 0) return Styles.LEFT_PILL;
        return index == of - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
    }
}
