package com.peerllm.desktop;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The keys that work everywhere in the window: Ctrl (on a Mac Cmd) with a digit opens a screen, with Q ends the program. */
final class Shortcuts {
    private static final List<KeyCode> DIGITS = List.of(
            KeyCode.DIGIT1,
            KeyCode.DIGIT2,
            KeyCode.DIGIT3,
            KeyCode.DIGIT4,
            KeyCode.DIGIT5,
            KeyCode.DIGIT6,
            KeyCode.DIGIT7,
            KeyCode.DIGIT8,
            KeyCode.DIGIT9);

    private static final KeyCombination QUIT = new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN);

    private Shortcuts() {}

    /** For the screen at this place of the navigation, from 0. */
    static KeyCombination of(int place) {
        return new KeyCodeCombination(DIGITS.get(place), KeyCombination.SHORTCUT_DOWN);
    }

    static void toScreens(Scene scene, Shell shell, Navigator navigator) {
        for (int i = 0; i < navigator.screens().size(); i++) {
            Screen screen = navigator.screens().get(i);
            scene.getAccelerators().put(of(i), () -> shell.open(screen));
        }
    }

    static void toQuit(Scene scene, Runnable quit) {
        scene.getAccelerators().put(QUIT, quit);
    }
}
