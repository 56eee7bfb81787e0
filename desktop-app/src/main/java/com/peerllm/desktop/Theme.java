package com.peerllm.desktop;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ThemeChoice;
import java.net.URL;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/** Light or dark: what the person chose, or else what the operating system says, at once when either changes. */
public final class Theme {
    /** Set on the root of every scene, for the colours that are our own. */
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    private static final String LIGHT_STYLE = new PrimerLight().getUserAgentStylesheet();
    private static final String DARK_STYLE = new PrimerDark().getUserAgentStylesheet();
    private static final String LOOKS = "/desktop/looks/";

    private final ObjectProperty<ThemeChoice> choice;
    private final BooleanBinding dark;

    /**
     * @param system what the operating system says
     * @param userAgentStylesheet sets the style of the whole program
     */
    public Theme(ThemeChoice first, ObservableValue<ColorScheme> system, Consumer<String> userAgentStylesheet) {
        choice = new SimpleObjectProperty<>(first);
        dark = Bindings.createBooleanBinding(
                () -> switch (choice.get()) {
                    case SYSTEM -> system.getValue() == ColorScheme.DARK;
                    case LIGHT -> false;
                    case DARK -> true;
                },
                choice,
                system);
        dark.subscribe(isDark -> userAgentStylesheet.accept(isDark ? DARK_STYLE : LIGHT_STYLE));
    }

    public ObjectProperty<ThemeChoice> choiceProperty() {
        return choice;
    }

    public boolean isDark() {
        return dark.get();
    }

    /** Gives a scene the look, now and after each change. */
    public void dress(Scene scene) {
        for (Room room : Room.values()) {
            URL looks = Theme.class.getResource(LOOKS + room.fileName() + ".css");
            if (looks != null) scene.getStylesheets().add(looks.toExternalForm());
        }
        scene.rootProperty().subscribe(root -> root.pseudoClassStateChanged(DARK, dark.get()));
        dark.subscribe(isDark -> scene.getRoot().pseudoClassStateChanged(DARK, isDark));
    }
}
