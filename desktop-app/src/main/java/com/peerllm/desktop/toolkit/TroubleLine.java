package com.peerllm.desktop.toolkit;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says in the page, where it happened, what went wrong and what to do; takes no room while all is well. */
public final class TroubleLine extends HBox {

    /** @param trouble the sentence; empty while all is well */
    public TroubleLine(ObservableValue<Optional<String>> trouble) {
        getStyleClass().add("trouble-line");
        TextLine sentence = TextLine.of(trouble.map(text -> text.orElse("")));
        getChildren().setAll(new FontIcon(Feather.ALERT_TRIANGLE), sentence);
        Shown.when(trouble.map(Optional::isPresent), this);
    }
}
