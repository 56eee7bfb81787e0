package com.peerllm.desktop.models;

import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;

/** One look at how well a model fits this computer: a word on a colour; never the colour alone. */
final class FitBadge extends Label {

    FitBadge(ObservableValue<FitFace> fit) {
        getStyleClass().add("fit-badge");
        setMinWidth(USE_PREF_SIZE);
        textProperty().bind(fit.map(FitFace::word));
        for (FitFace.Kind kind : FitFace.Kind.values()) {
            PseudoClass look = PseudoClass.getPseudoClass(
                    kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            fit.subscribe(now -> pseudoClassStateChanged(look, now.kind() == kind));
        }
    }
}
