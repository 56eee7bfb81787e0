package com.peerllm.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.settings.LocalApiSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Without a window. */
class SettingsViewModelTest {
    private final StagedSettings host = new StagedSettings();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<Room> opened = new ArrayList<>();
    private final SettingsViewModel settings = new SettingsViewModel(
            host.source(),
            new Workbench(Runnable::run, background::add, () -> Instant.EPOCH, new Messages(Locale.US), opened::add));

    @Test
    void aSwitchIsShownAtOnceAndKeptInTheBackground() {
        settings.localApi().on().wish(true);
        assertThat(settings.localApi().on().property().get()).isTrue();
        assertThat(host.settings.get().localApi().on())
                .as("not on the thread of the screens")
                .isFalse();
        workInBackground();
        assertThat(host.settings.get().localApi().on()).isTrue();
    }

    @Test
    void whatCannotBeKeptIsShownAsItWasWithTheReasonBeside() {
        host.refusal = Optional.of("The disk is full. Free space.");
        settings.localApi().on().wish(true);
        settings.login().wish(true);
        workInBackground();
        assertThat(settings.localApi().on().property().get()).isFalse();
        assertThat(settings.localApi().on().troubleProperty().get()).contains("The disk is full. Free space.");
        assertThat(settings.login().property().get()).isFalse();
    }

    @Test
    void oneChangeOfTheEndpointLeavesTheOthers() {
        settings.localApi().on().wish(true);
        settings.localApi().wishPort(" 8123 ");
        settings.localApi().homeNetwork().wish(true);
        settings.localApi().mode().wish(LocalApiSettings.Mode.AUTOMATIC);
        workInBackground();
        assertThat(host.settings.get().localApi())
                .isEqualTo(new LocalApiSettings(true, 8123, true, LocalApiSettings.Mode.AUTOMATIC));
    }

    @Test
    void aPortThatCannotBeIsNotEvenTried() {
        for (String wrong : List.of("", "x", "0", "65536", "-1")) {
            settings.localApi().wishPort(wrong);
            assertThat(settings.localApi().port().troubleProperty().get())
                    .as(wrong)
                    .isPresent();
        }
        workInBackground();
        assertThat(host.settings.get().localApi().port()).isEqualTo(LocalApiSettings.USUAL_PORT);
    }

    @Test
    void aPastedKeyIsKeptAndForgottenByTheScreen() {
        workInBackground();
        assertThat(settings.account().hasKeyProperty().get()).isFalse();
        settings.account().typedKeyProperty().set(" pllm_abcdefgh ");
        settings.account().keepKey();
        workInBackground();
        assertThat(host.asked).containsExactly("key of 13");
        assertThat(settings.account().typedKeyProperty().get()).isEmpty();
        assertThat(settings.account().hasKeyProperty().get()).isTrue();

        settings.account().forgetKey();
        workInBackground();
        assertThat(settings.account().hasKeyProperty().get()).isFalse();
    }

    @Test
    void anAddressIsTakenOnlyWhenItIsOne() {
        settings.account().addressProperty().set("  ");
        settings.account().keepAddress();
        assertThat(settings.account().network().troubleProperty().get()).isPresent();
        host.refusal = Optional.of("\"x\" is not an orchestrator's address.");
        settings.account().addressProperty().set("x");
        settings.account().keepAddress();
        workInBackground();
        assertThat(settings.account().network().troubleProperty().get())
                .contains("\"x\" is not an orchestrator's address.");
        assertThat(settings.account().addressProperty().get())
                .as("is left to be mended")
                .isEqualTo("x");
    }

    @Test
    void movesTheModelsAndSaysWhereTheyAreThen() {
        settings.moveModels(Path.of("/data/models"));
        assertThat(settings.folders().busyProperty().get()).isTrue();
        workInBackground();
        assertThat(settings.modelsFolderProperty().get()).isEqualTo(Path.of("/data/models"));
    }

    @Test
    void opensTheFirstStepsAgain() {
        settings.firstRunAgain();
        assertThat(opened).containsExactly(Room.ONBOARDING);
    }

    private void workInBackground() {
        while (!background.isEmpty()) background.remove().run();
    }
}
