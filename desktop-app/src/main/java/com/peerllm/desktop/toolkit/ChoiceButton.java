package com.peerllm.desktop.toolkit;

import javafx.scene.Node;
import javafx.scene.control.ToggleButton;

/** One of several choices as a button: pressing the chosen one again leaves it chosen. */
public final class ChoiceButton extends ToggleButton {

    public ChoiceButton(String text, Node icon) {
        super(text, icon);
    }

    @Override
    public void fire() {
        if (!isSelected()) super.fire();
    }
}
