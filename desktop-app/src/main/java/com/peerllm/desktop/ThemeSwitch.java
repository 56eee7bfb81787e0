package com.peerllm.desktop;

import atlantafx.base.theme.Styles;
import com.peerllm.desktop.toolkit.ChoiceButton;
import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Three buttons: as the system, light, dark. */
final class ThemeSwitch extends HBox {
    private final Theme theme;

    ThemeSwitch(Theme theme, Messages messages) {
        this.theme = theme;
        getStyleClass().add("theme-switch");
        ChoiceButton system = button(ThemeChoice.SYSTEM, Feather.MONITOR, messages.text("shell.theme.system"));
        ChoiceButton light = button(ThemeChoice.LIGHT, Feather.SUN, messages.text("shell.theme.light"));
        ChoiceButton dark = button(ThemeChoice.DARK, Feather.MOON, messages.text("shell.theme.dark"));
        system.getStyleClass().add(Styles.LEFT_PILL);
        light.getStyleClass().add(Styles.CENTER_PILL);
        dark.getStyleClass().add(Styles.RIGHT_PILL);
        getChildren().setAll(system, light, dark);
    }

    private ChoiceButton button(ThemeChoice choice, Ikon icon, String name) {
        ChoiceButton button = new ChoiceButton(null, new FontIcon(icon));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(pressed -> theme.choiceProperty().set(choice));
        theme.choiceProperty().subscribe(now -> button.setSelected(now == choice));
        return button;
    }
}
