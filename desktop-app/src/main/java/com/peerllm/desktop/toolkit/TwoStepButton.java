package com.peerllm.desktop.toolkit;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A button for what cannot be undone: the first press asks, in the same place, and only the second does it. Escape, or going
 * elsewhere, takes the first press back.
 */
public final class TwoStepButton extends Button {
    private final String first;
    private final String second;
    private final Runnable action;
    private boolean asking;

    /**
     * @param first what it does, such as "Delete"
     * @param second the question, such as "Really delete?"
     */
    public TwoStepButton(String first, String second, Runnable action) {
        super(first);
        this.first = first;
        this.second = second;
        this.action = action;
        setMinWidth(USE_PREF_SIZE);
        setOnAction(pressed -> press());
        focusedProperty().subscribe(focused -> {
            if (!focused) ask(false);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() != KeyCode.ESCAPE || !asking) return;
            ask(false);
            key.consume();
        });
    }

    private void press() {
        boolean sure = asking;
        ask(!sure);
        if (sure) action.run();
        else requestFocus();
    }

    private void ask(boolean now) {
        asking = now;
        setText(now ? second : first);
        getStyleClass().remove(Styles.DANGER);
        if (now) getStyleClass().add(Styles.DANGER);
    }
}
