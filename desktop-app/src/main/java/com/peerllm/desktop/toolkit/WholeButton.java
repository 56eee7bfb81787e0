package com.peerllm.desktop.toolkit;

import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** A button whose words are never cut, however narrow its row gets. */
public final class WholeButton {
    private WholeButton() {}

    /** @param id by which tests and looks find it */
    public static Button of(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(pressed -> action.run());
        return button;
    }
}
