package com.peerllm.desktop;

import java.util.Arrays;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Presses the same keys as TestFX's robot, which rests 50 ms after each press, each release and each letter; this one rests once. */
final class QuickRobot extends FxRobot {
    private static final int TURNS_OF_THE_SCREENS_THREAD = 2;

    @Override
    public FxRobot type(KeyCode... codes) {
        for (KeyCode code : codes) push(code);
        return this;
    }

    @Override
    public FxRobot push(KeyCode... together) {
        List<KeyCode> held = Arrays.stream(together).map(QuickRobot::here).toList();
        StagedWindow.onScreen(() -> {
            Robot keys = new Robot();
            held.forEach(keys::keyPress);
            held.reversed().forEach(keys::keyRelease);
            return null;
        });
        settle();
        return this;
    }

    @Override
    public FxRobot write(String text) {
        StagedWindow.onScreen(() -> {
            text.chars().mapToObj(Character::toString).forEach(QuickRobot::letter);
            return null;
        });
        settle();
        return this;
    }

    private static void letter(String letter) {
        Node focused = Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .orElseThrow()
                .getScene()
                .getFocusOwner();
        Event.fireEvent(
                focused,
                new KeyEvent(KeyEvent.KEY_TYPED, letter, letter, KeyCode.UNDEFINED, false, false, false, false));
    }

    private static KeyCode here(KeyCode code) {
        if (code != KeyCode.SHORTCUT) return code;
        return System.getProperty("os.name").startsWith("Mac") ? KeyCode.COMMAND : KeyCode.CONTROL;
    }

    private static void settle() {
        WaitForAsyncUtils.waitForFxEvents(TURNS_OF_THE_SCREENS_THREAD);
    }
}
