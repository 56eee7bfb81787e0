package com.peerllm.desktop.toolkit;

import atlantafx.base.controls.ToggleSwitch;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.StackPane;

/**
 * Something that is on or off, with its name and what follows from it.
 *
 * <p>Shows what is so, and asks for the other when it is pressed: a wish that is refused leaves the switch as it was.
 */
public final class SwitchRow extends StackPane {
    private final ToggleSwitch toggle = new ToggleSwitch();

    /**
     * @param about what follows from it, in a sentence; empty where the name says all
     * @param on what is so
     * @param wish what the person wants now
     */
    public SwitchRow(String name, String about, ObservableValue<Boolean> on, Consumer<Boolean> wish) {
        toggle.setAccessibleText(name);
        on.subscribe(toggle::setSelected);
        toggle.selectedProperty().subscribe(wanted -> {
            if (wanted.equals(on.getValue())) return;
            wish.accept(wanted);
            toggle.setSelected(on.getValue());
        });
        getChildren().setAll(new FormRow(name, about, toggle));
    }

    /** The switch itself, to be found by its id or disabled for a while. */
    public ToggleSwitch toggle() {
        return toggle;
    }
}
