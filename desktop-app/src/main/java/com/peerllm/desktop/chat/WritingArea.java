package com.peerllm.desktop.chat;

import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** A field of several lines which Tab leaves, as every other field; in JavaFX it would be a trap for who has no mouse. */
final class WritingArea extends TextArea {

    WritingArea() {
        setWrapText(true);
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() != KeyCode.TAB || key.isShortcutDown() || key.isAltDown()) return;
            requestFocusTraversal(key.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            key.consume();
        });
    }
}
