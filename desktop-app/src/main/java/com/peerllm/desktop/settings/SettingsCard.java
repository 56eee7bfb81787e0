package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Card;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.layout.VBox;

/** A group of settings under its heading, a line between each two. */
class SettingsCard extends VBox {

    SettingsCard(String heading) {
        getChildren().setAll(new Card(heading));
    }

    final void add(Node... rows) {
        ((Card) getChildren().getFirst()).getChildren().addAll(rows);
    }

    /** Never shortened, however narrow the window is. */
    static <L extends Labeled> L whole(L labeled) {
        labeled.setMinWidth(USE_PREF_SIZE);
        return labeled;
    }
}
