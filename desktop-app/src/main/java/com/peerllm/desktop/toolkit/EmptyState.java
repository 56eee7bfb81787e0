package com.peerllm.desktop.toolkit;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Stands where there is nothing to show yet, and says what to do next. */
public final class EmptyState extends VBox {

    /**
     * @param sentence what is not there yet
     * @param next what to do, or what brings it
     * @param ways buttons that do it, the first choice first
     */
    public EmptyState(Ikon icon, String sentence, String next, Button... ways) {
        getStyleClass().add("empty-state");
        Node sign = new FontIcon(icon);
        sign.getStyleClass().add("empty-state-icon");
        getChildren().addAll(sign, new TextLine(sentence, "card-value"), new TextLine(next, "quiet"));
        if (ways.length > 0) {
            HBox row = new HBox(ways);
            row.getStyleClass().add("button-row");
            getChildren().add(row);
        }
    }
}
