package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.rules.StagedRules;
import com.peerllm.host.availability.Decision;
import com.peerllm.host.availability.Readings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.WeekHours;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** Rules in the real window on the headless toolkit, over a staged host. */
@ExtendWith(ApplicationExtension.class)
class RulesWindowTest {
    private final FxRobot robot = new QuickRobot();
    private final StagedRules host = new StagedRules();

    @Test
    void hoursArePaintedWithTheMouse() {
        try (StagedWindow window = open(Locale.US)) {
            robot.interact(() -> host.have(
                    SharingRules.DEFAULTS.edit().schedule(WeekHours.NEVER).done()));
            scroll(window, 1);
            robot.drag(hour(window, DayOfWeek.MONDAY, 8), MouseButton.PRIMARY)
                    .moveTo(hour(window, DayOfWeek.MONDAY, 9))
                    .moveTo(hour(window, DayOfWeek.TUESDAY, 9))
                    .drop();
            WeekHours painted = host.rules().schedule();
            assertThat(painted.allows(DayOfWeek.MONDAY, 8)).isTrue();
            assertThat(painted.allows(DayOfWeek.MONDAY, 9)).isTrue();
            assertThat(painted.allows(DayOfWeek.TUESDAY, 9)).isTrue();
            assertThat(painted.allows(DayOfWeek.TUESDAY, 8)).isFalse();
            assertThat(host.saved).hasSize(1);
        }
    }

    @Test
    void hoursAreTurnedWithTheKeyboard() {
        try (StagedWindow window = open(Locale.UK)) {
            Node first = hour(window, DayOfWeek.MONDAY, 0);
            robot.interact(first::requestFocus);
            robot.type(KeyCode.SPACE);
            assertThat(host.rules().schedule().allows(DayOfWeek.MONDAY, 0)).isFalse();
            assertThat(first.getAccessibleText()).isEqualTo("Monday from 00:00: does not share");
            // Three down, one to the right; then the name of that hour, which stands above.
            robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.RIGHT, KeyCode.ENTER);
            assertThat(host.rules().schedule().allows(DayOfWeek.THURSDAY, 1)).isFalse();
            robot.type(KeyCode.UP, KeyCode.UP, KeyCode.UP, KeyCode.UP);
            assertThat(window.scene().getFocusOwner().getAccessibleText()).isEqualTo("01:00 to 02:00 on every day");
            robot.type(KeyCode.SPACE);
            assertThat(host.rules().schedule().allows(DayOfWeek.THURSDAY, 1)).isTrue();
            robot.type(KeyCode.TAB);
            assertThat(window.scene().getFocusOwner().getId()).isEqualTo("hours-always");
        }
    }

    @Test
    void everythingElseWorksByKeyboardAndMouse() {
        try (StagedWindow window = open(Locale.US)) {
            robot.clickOn(node(window, "#profile-balanced"));
            assertThat(host.rules().profile()).isEqualTo(Profile.BALANCED);
            robot.interact(() -> node(window, "#idle-number").requestFocus());
            robot.push(KeyCode.CONTROL, KeyCode.A).write("0");
            assertThat(text(window, "#idle-problem")).startsWith("Enter a whole number of minutes from 1 to 600.");
            robot.write("7").push(KeyCode.CONTROL, KeyCode.A).write("30");
            assertThat(host.rules().idleMinutes()).hasValue(30);
            robot.interact(() -> node(window, "#battery").requestFocus());
            robot.type(KeyCode.SPACE);
            assertThat(host.rules().onBattery()).isTrue();
            robot.clickOn(node(window, "#rules-undo"));
            assertThat(host.rules()).isEqualTo(SharingRules.DEFAULTS.as(Profile.BALANCED));
            robot.interact(() -> node(window, "#rules-more").requestFocus());
            robot.type(KeyCode.SPACE);
            robot.interact(() -> node(window, "#processor").requestFocus());
            robot.type(KeyCode.LEFT, KeyCode.LEFT);
            assertThat(host.rules().shareOfProcessor()).isEqualTo(65);
        }
    }

    @Test
    void looksGoodInEverySituation() throws IOException {
        try (StagedWindow window = open(Locale.US)) {
            WaitForAsyncUtils.waitForFxEvents();
            stage(this::balanced);
            look(window);
            ScreenChecks.photograph(window, "rules-balanced");
            stage(this::pausedByEverything);
            more(window);
            look(window);
            ScreenChecks.photographTwice(window, "rules-paused");
            scroll(window, 1);
            ScreenChecks.photographTwice(window, "rules-hours");
            stage(() -> {
                host.refusal = Optional.of(new HostException(
                        Problem.DATA_FOLDER_BROKEN,
                        "The settings could not be written to /home/anna/.local/share/peerllm/settings.json. Check its"
                                + " permissions and the free disk space."));
                ((TextField) node(window, "#idle-number")).setText("0");
                ((TextField) node(window, "#downloads-number")).setText("fast");
                host.decide(new Decision.ShareAnyway(StagedHost.NOW.plusSeconds(7200)));
            });
            scroll(window, 0);
            stage(() -> ((CheckBox) node(window, "#gpu")).fire());
            look(window);
            ScreenChecks.photographTwice(window, "rules-trouble");
        }
    }

    @Test
    void speaksGermanAndKnowsAComputerWithoutSensors() throws IOException {
        host.sensors = Sensors.NONE;
        try (StagedWindow window = open(Locale.GERMANY)) {
            stage(this::pausedByEverything);
            more(window);
            look(window);
            ScreenChecks.photographTwice(window, "rules-german-no-sensors");
        }
    }

    private void balanced() {
        host.have(SharingRules.DEFAULTS.as(Profile.BALANCED));
        host.say(new Readings(Optional.of(Duration.ofMinutes(40)), Optional.of(Supply.MAINS), OptionalInt.of(52)));
    }

    private void pausedByEverything() {
        host.settings.set(host.settings.get().edit().sharing(true).done());
        host.have(SharingRules.DEFAULTS
                .as(Profile.LIGHT)
                .edit()
                .schedule(WeekHours.NIGHTS.with(DayOfWeek.SATURDAY, 12, true).with(DayOfWeek.SATURDAY, 13, true))
                .mostCelsius(OptionalInt.of(80))
                .memoryPercent(OptionalInt.of(35))
                .downloadBytesPerSecond(OptionalLong.of(20_000_000))
                .done());
        host.say(new Readings(Optional.of(Duration.ZERO), Optional.of(Supply.BATTERY), OptionalInt.of(83)));
    }

    private static void scroll(StagedWindow window, double to) {
        stage(() -> ScreenChecks.find(window.root(), ScrollPane.class)
                .findFirst()
                .orElseThrow()
                .setVvalue(to));
    }

    private static void look(StagedWindow window) {
        ScreenChecks.everyControlHasAName(window);
        ScreenChecks.nothingIsCutOff(window);
    }

    private static void more(StagedWindow window) {
        StagedWindow.onScreen(() -> {
            ((ToggleButton) node(window, "#rules-more")).fire();
            return null;
        });
    }

    private static void stage(Runnable change) {
        StagedWindow.onScreen(() -> {
            change.run();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private StagedWindow open(Locale locale) {
        return new StagedWindow(locale, bench -> Screens.rules(host.source(), bench));
    }

    private static Node hour(StagedWindow window, DayOfWeek day, int hour) {
        return node(window, "#hour-" + day.name().toLowerCase(Locale.ROOT) + "-" + hour);
    }

    private static String text(StagedWindow window, String id) {
        return ((Labeled) node(window, id)).getText();
    }

    private static Node node(StagedWindow window, String id) {
        return window.scene().lookup(id);
    }
}
