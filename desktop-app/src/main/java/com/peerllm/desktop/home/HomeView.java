package com.peerllm.desktop.home;

import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.layout.VBox;

/** The first screen: whether this computer shares, why, and what came of it. */
public final class HomeView extends VBox {

    public HomeView(HomeViewModel model, Messages messages) {
        getStyleClass().add("home");
        getChildren().setAll(new StatusCard(model, messages), new FigureCards(model.figuresProperty(), messages));
    }
}
