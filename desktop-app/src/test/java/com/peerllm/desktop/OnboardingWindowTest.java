package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.onboarding.StagedFirstRun;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

/** The first steps in the real window on the headless toolkit. */
@ExtendWith(ApplicationExtension.class)
class OnboardingWindowTest {
    private final FxRobot robot = new QuickRobot();
    private final StagedFirstRun host = new StagedFirstRun();
    private StagedWindow window;

    @BeforeEach
    void open() {
        host.hasGpus();
        window = open(Locale.US);
    }

    private StagedWindow open(Locale locale) {
        return StagedWindow.of(
                locale,
                bench -> Rooms.of(List.of(Screens.home(new StagedHost().source(), bench)))
                        .withFirstRun(Screens.onboarding(host.source(), bench), true));
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void enterLeadsThroughAllStepsToHome() {
        assertThat(title()).isEqualTo("Your computer");
        Region dropTarget = (Region) window.scene().lookup(".drop-target");
        assertThat(dropTarget.getWidth())
                .as("files can be dropped anywhere")
                .isEqualTo(window.scene().getWidth());
        robot.type(KeyCode.ENTER);
        assertThat(title()).isEqualTo("Your model");
        robot.type(KeyCode.ENTER);
        assertThat(title()).isEqualTo("When to share");
        robot.type(KeyCode.ENTER);
        assertThat(title()).isEqualTo("Ready");
        robot.write("wss://peers.example").type(KeyCode.ENTER);
        assertThat(host.asked).endsWith("start wss://peers.example", "finished");
        assertThat(window.scene().lookup("#share")).as("Home is open").isNotNull();
    }

    @Test
    void inEveryStepEveryControlHasANameAndNothingIsCutOff() {
        walk(window);
        try (StagedWindow german = open(Locale.GERMANY)) {
            walk(german);
        }
    }

    private void walk(StagedWindow window) {
        for (int i = 0; i < 4; i++) {
            ScreenChecks.everyControlHasAName(window);
            ScreenChecks.nothingIsCutOff(window);
            if (i < 3) robot.interact(() -> next(window).fire());
        }
    }

    private static Button next(StagedWindow window) {
        return (Button) window.scene().lookup("#next");
    }

    @Test
    void isPhotographed() throws IOException {
        robot.interact(() -> ((ToggleButton) window.scene().lookup("#more")).setSelected(true));
        ScreenChecks.photograph(window, "onboarding-1-computer");
        robot.interact(() -> next(window).fire());
        ScreenChecks.photograph(window, "onboarding-2-model");
        host.refusal =
                Optional.of("Not enough free disk: needs 2.1 GB, has 1.0 GB. Free space or choose another folder.");
        robot.interact(() -> next(window).fire());
        ScreenChecks.photographTwice(window, "onboarding-2-trouble");
        host.refusal = Optional.empty();
        robot.interact(() -> next(window).fire());
        ScreenChecks.photograph(window, "onboarding-3-when");
        robot.interact(() -> next(window).fire());
        ScreenChecks.photograph(window, "onboarding-4-ready");
    }

    private String title() {
        return ((Labeled) window.scene().lookup("#step-title")).getText();
    }
}
