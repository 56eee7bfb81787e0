package com.peerllm.desktop.models;

import javafx.beans.property.BooleanProperty;
import javafx.scene.control.ToggleButton;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Shows more of a row, or less again. */
final class UnfoldButton extends ToggleButton {

    /** @param name what is shown then, for screen readers where there is no text */
    UnfoldButton(String text, String name, BooleanProperty open) {
        super(text);
        getStyleClass().addAll("flat", "unfold");
        setAccessibleText(name);
        setMinWidth(USE_PREF_SIZE);
        FontIcon sign = new FontIcon(Feather.CHEVRON_DOWN);
        setGraphic(sign);
        selectedProperty().bindBidirectional(open);
        open.subscribe(now -> sign.setIconCode(now ? Feather.CHEVRON_UP : Feather.CHEVRON_DOWN));
    }
}
