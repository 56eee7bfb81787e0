package com.peerllm.desktop.toolkit;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Parts of a screen that are there only at times; without them the rest closes up. */
public final class Shown {
    private Shown() {}

    /** Shows the node while this is true. */
    public static <N extends Node> N when(ObservableValue<Boolean> condition, N node) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    /** Shows the node from now on, or hides it. */
    public static void set(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
