package com.peerllm.desktop.toolkit;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A framed part of a screen, with a heading. */
public final class Card extends VBox {

    public Card(String heading, Node... content) {
        getStyleClass().add("card");
        getChildren().add(new TextLine(heading, "card-heading"));
        getChildren().addAll(content);
        HBox.setHgrow(this, Priority.ALWAYS);
        setMaxWidth(Double.MAX_VALUE);
    }
}
