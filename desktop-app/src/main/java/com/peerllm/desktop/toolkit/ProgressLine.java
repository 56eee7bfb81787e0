package com.peerllm.desktop.toolkit;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ProgressBar;

/** How far something has come. Stands still while that is not known: a moving bar costs sixty pictures a second. */
public final class ProgressLine extends ProgressBar {

    public ProgressLine(String name, ObservableValue<Optional<Double>> share) {
        super(0);
        getStyleClass().add("small");
        setMaxWidth(Double.MAX_VALUE);
        setMinHeight(USE_PREF_SIZE);
        setAccessibleText(name);
        progressProperty().bind(share.map(known -> known.orElse(0.0)));
    }
}
