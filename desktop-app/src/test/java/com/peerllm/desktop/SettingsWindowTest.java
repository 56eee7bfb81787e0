package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.settings.SettingsViewModel;
import com.peerllm.desktop.settings.StagedSettings;
import com.peerllm.desktop.settings.StagedUpdates;
import com.peerllm.desktop.settings.UpdateNotice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.Way;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

/** Settings in the real window on the headless toolkit. */
@ExtendWith(ApplicationExtension.class)
class SettingsWindowTest {
    private final FxRobot robot = new QuickRobot();
    private final StagedSettings host = new StagedSettings();
    private StagedWindow window;
    private SettingsViewModel model;

    @BeforeEach
    void open() {
        window = open(Locale.US);
    }

    private StagedWindow open(Locale locale) {
        return new StagedWindow(
                locale,
                bench -> {
                    model = new SettingsViewModel(host.source(), bench);
                    return Screens.settings(model, bench.messages());
                },
                () -> new UpdateNotice(model.update()));
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void everyControlHasANameAndNothingIsCutOff() {
        host.listens();
        ScreenChecks.everyControlHasAName(window);
        ScreenChecks.nothingIsCutOff(window);
        try (StagedWindow german = open(Locale.GERMANY)) {
            ScreenChecks.nothingIsCutOff(german);
        }
    }

    @Test
    void aPressedLookStaysPressed() {
        Control dark = ScreenChecks.find(window.root(), Control.class)
                .filter(c -> "Look: Dark".equals(c.getAccessibleText()))
                .findFirst()
                .orElseThrow();
        robot.clickOn(dark).clickOn(dark);
        assertThat(host.theme.get()).isEqualTo(ThemeChoice.DARK);
        assertThat(dark.getPseudoClassStates())
                .anyMatch(state -> state.getPseudoClassName().equals("selected"));
    }

    @Test
    void isPhotographed() throws IOException {
        ScreenChecks.photograph(window, "settings");
        host.listens();
        scroll(1);
        ScreenChecks.photographTwice(window, "settings-end");
        host.cannotListen();
        host.refusal = Optional.of("\"peers\" is not an orchestrator’s address. It begins with wss:// or ws://.");
        window.stage(staged -> {});
        StagedWindow.onScreen(() -> {
            window.scene().lookup("#keep-address").requestFocus();
            ((javafx.scene.control.Button) window.scene().lookup("#keep-address")).fire();
            return null;
        });
        scroll(0);
        ScreenChecks.photographTwice(window, "settings-trouble");
    }

    @Test
    void aNewerVersionIsToldHereAndQuietlyAtTheSide() throws IOException {
        UpdateState[] states = {
            new UpdateState.NoAddress(),
            new UpdateState.Downloading(StagedUpdates.RELEASE, 16_000_000, 64_000_000),
            new UpdateState.Staged(StagedUpdates.RELEASE, StagedUpdates.FILE, new Way.Switch()),
            new UpdateState.Available(StagedUpdates.RELEASE, Optional.of(StagedUpdates.FILE), true)
        };
        for (UpdateState state : states) {
            host.updates.state.set(state);
            window.stage(staged -> {});
            ScreenChecks.nothingIsCutOff(window);
        }
        host.updates.refusal.set(Optional.of(
                "The network does not take this version of PeerLLM any more. Update it, then share again."));
        window.stage(staged -> {});
        assertThat(((Hyperlink) window.scene().lookup("#update-notice")).getText())
                .isEqualTo("Update 0.2.0");
        scroll(0.75);
        ScreenChecks.photographTwice(window, "settings-update");
    }

    private void scroll(double to) {
        ScrollPane pane =
                ScreenChecks.find(window.root(), ScrollPane.class).findFirst().orElseThrow();
        StagedWindow.onScreen(() -> {
            pane.setVvalue(to);
            return null;
        });
    }
}
