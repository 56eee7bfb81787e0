package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.Messages;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.VBox;

/** What the window shows while the data folder is being opened. */
final class OpeningView extends VBox {

    OpeningView(Image brand, Messages messages) {
        getStyleClass().add("opening");
        ImageView mark = new ImageView(brand);
        mark.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        Label text = new Label(messages.text("shell.opening"));
        text.getStyleClass().add("quiet");
        getChildren().setAll(mark, text);
    }
}
