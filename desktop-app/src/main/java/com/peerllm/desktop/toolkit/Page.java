package com.peerllm.desktop.toolkit;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A screen with its title at the top and its parts below each other. */
public final class Page extends VBox {
    private final HBox head = new HBox();

    public Page(String title, Node... parts) {
        getStyleClass().add("page");
        Label name = new Label(title);
        name.getStyleClass().add("page-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        head.getStyleClass().add("page-head");
        head.getChildren().setAll(name, room);
        getChildren().add(head);
        getChildren().addAll(parts);
    }

    /** Puts controls that concern the whole screen beside its title. */
    public Page beside(Node... controls) {
        head.getChildren().addAll(controls);
        return this;
    }
}
