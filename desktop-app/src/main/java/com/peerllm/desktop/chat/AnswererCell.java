package com.peerllm.desktop.chat;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;

/** A model that can be asked: its name and place; in the open list its price too. */
final class AnswererCell extends ListCell<AnswererChoice> {
    private final boolean priced;

    AnswererCell(boolean priced) {
        this.priced = priced;
    }

    @Override
    protected void updateItem(AnswererChoice choice, boolean empty) {
        super.updateItem(choice, empty);
        setText(null);
        setGraphic(null);
        if (empty || choice == null) return;
        setAccessibleText(choice.words() + ", " + choice.price());
        if (!priced) {
            setText(choice.words());
            return;
        }
        Label price = new Label(choice.price());
        price.getStyleClass().add("quiet");
        setGraphic(new VBox(new Label(choice.words()), price));
    }
}
