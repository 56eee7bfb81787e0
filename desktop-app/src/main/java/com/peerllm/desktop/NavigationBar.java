package com.peerllm.desktop;

import com.peerllm.desktop.toolkit.ChoiceButton;
import com.peerllm.desktop.toolkit.Messages;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The screens below each other, the open one marked. By keyboard it is one stop; the arrows go on from there. */
final class NavigationBar extends VBox {
    private final Navigator navigator;

    NavigationBar(Navigator navigator, Messages messages) {
        this.navigator = navigator;
        getStyleClass().add("navigation");
        for (Screen screen : navigator.screens()) getChildren().add(entry(screen, messages));
        addEventHandler(KeyEvent.KEY_PRESSED, this::move);
    }

    private ChoiceButton entry(Screen screen, Messages messages) {
        ChoiceButton entry = new ChoiceButton(screen.title(), new FontIcon(screen.icon()));
        entry.setMaxWidth(Double.MAX_VALUE);
        String keys = Shortcuts.of(navigator.screens().indexOf(screen)).getDisplayText();
        entry.setAccessibleHelp(keys);
        entry.setTooltip(new Tooltip(messages.text("shell.navigation.keys", screen.title(), keys)));
        entry.setOnAction(pressed -> navigator.open(screen.room()));
        navigator.currentProperty().subscribe(open -> {
            entry.setSelected(open == screen);
            entry.setFocusTraversable(open == screen);
        });
        return entry;
    }

    /** Puts the keyboard on the open screen's entry. */
    void focusOpen() {
        getChildren()
                .get(navigator.screens().indexOf(navigator.currentProperty().get()))
                .requestFocus();
    }

    private void move(KeyEvent key) {
        int last = navigator.screens().size() - 1;
        int at = navigator.screens().indexOf(navigator.currentProperty().get());
        int next = switch (key.getCode()) {
            case UP -> Math.max(0, at - 1);
            case DOWN -> Math.min(last, at + 1);
            case HOME -> 0;
            case END -> last;
            default -> -1;
        };
        if (next < 0) return;
        navigator.open(navigator.screens().get(next).room());
        focusOpen();
        key.consume();
    }
}
