package com.peerllm.desktop.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a window. */
class OnboardingViewModelTest {
    private final StagedFirstRun host = new StagedFirstRun();
    private final List<Room> opened = new ArrayList<>();
    private OnboardingViewModel steps;

    private OnboardingViewModel open() {
        steps = new OnboardingViewModel(
                host.source(),
                new Workbench(Runnable::run, Runnable::run, () -> Instant.EPOCH, new Messages(Locale.US), opened::add));
        steps.open();
        return steps;
    }

    @Test
    void fourStepsLeadToSharing() {
        open();
        steps.next();
        steps.next();
        steps.next();
        steps.addressProperty().set(" wss://peers.example ");
        steps.next();
        assertThat(host.asked).containsExactly("download", "rules", "start wss://peers.example", "finished");
        assertThat(opened).containsExactly(Room.HOME);
    }

    @Test
    void theUsualRulesGiveWayToThePerson() {
        open();
        steps.next();
        steps.next();
        steps.next();
        SharingRules rules = host.settings.rules();
        assertThat(rules.profile()).isEqualTo(SharingRules.Profile.BALANCED);
        assertThat(rules.onBattery()).isFalse();
        assertThat(rules.idleMinutes()).isEqualTo(OptionalInt.of(5));
        assertThat(host.asked).as("start at login is off unless it is wanted").doesNotContain("login true");
    }

    @Test
    void openedAgainItShowsTheRulesAsTheyAre() {
        host.firstTime = false;
        open();
        assertThat(steps.when().profileProperty().get()).isEqualTo(SharingRules.Profile.FULL);
        assertThat(steps.when().notOnBatteryProperty().get()).isFalse();
        assertThat(steps.when().pauseWhileUsedProperty().get()).isFalse();
    }

    @Test
    void canBeSkippedAndKeepsWhatWasChosenSoFar() {
        open();
        steps.next();
        steps.model().choiceProperty().set(ModelStep.Choice.STARTER);
        steps.next();
        steps.skip();
        assertThat(host.asked).containsExactly("starter", "finished");
        assertThat(opened).containsExactly(Room.HOME);
    }

    @Test
    void aStepThatCannotBeKeptStaysAndSaysWhy() {
        host.refusal = Optional.of("Not enough free disk: needs 2.1 GB, has 1.0 GB. Free space.");
        open();
        steps.next();
        steps.next();
        assertThat(steps.stepProperty().get()).isEqualTo(Step.MODEL);
        assertThat(steps.keeping().troubleProperty().get()).contains(host.refusal.get());
        steps.back();
        assertThat(steps.keeping().troubleProperty().get()).isEmpty();
    }

    @Test
    void aFileIsTakenOnlyWhenThereIsOne() {
        open();
        steps.next();
        steps.model().choiceProperty().set(ModelStep.Choice.FILE);
        steps.next();
        assertThat(steps.stepProperty().get()).isEqualTo(Step.MODEL);
        assertThat(steps.keeping().troubleProperty().get().orElseThrow()).contains("no file yet");
        steps.model().choose(Path.of("/models/mine.gguf"));
        steps.next();
        assertThat(host.asked).containsExactly("take /models/mine.gguf");
    }

    @Test
    void withoutAKnownModelTheStarterIsTheChoice() {
        host.suggestion = Optional.empty();
        open();
        assertThat(steps.model().offerProperty().get()).isEmpty();
        assertThat(steps.model().choiceProperty().get()).isEqualTo(ModelStep.Choice.STARTER);
    }

    @Test
    void neverPromisesMoney() {
        open();
        assertThat(steps.model().offerProperty().get().orElseThrow().lines())
                .containsExactly(
                        "Q4_K_M, 2.1\u00a0GB to download",
                        "About 14.2 tokens per second expected here",
                        "What hosts of it were paid lately: no data yet");
    }

    @Test
    void tellsWhatTheNetworkPaidOnceItsAddressIsKnown() {
        RecentPay.OfModel paid = new RecentPay.OfModel(Credits.ofDollars(3), 12);
        host.recentPay.put("wss://peers.example", new RecentPay(Map.of(StagedFirstRun.QWEN, paid), true));
        host.recentPay.put("wss://quiet.example", new RecentPay(Map.of(), true));
        open();
        steps.next();
        assertThat(lastLine()).endsWith("no data yet");
        steps.next();
        steps.addressProperty().set(" wss://peers.example ");
        steps.back();
        assertThat(lastLine()).isEqualTo("Hosts of it earned $3.00 in 7 days (12 hosts)");
        steps.addressProperty().set("wss://quiet.example");
        steps.next();
        steps.back();
        assertThat(lastLine()).isEqualTo("No host of it was paid in the last 7 days");
        steps.addressProperty().set("wss://nobody.example");
        steps.next();
        steps.back();
        assertThat(lastLine()).endsWith("no data yet");
    }

    private String lastLine() {
        return steps.model().offerProperty().get().orElseThrow().lines().getLast();
    }

    @ParameterizedTest
    @CsvSource({
        "2000000000,very small models",
        "6000000000,run small models",
        "16600000000,small and mid-size",
        "33000000000,run large models",
        "130000000000,very large"
    })
    void saysInOneSentenceWhatTheComputerCanRun(long memory, String words) {
        host.memoryBytes = memory;
        open();
        assertThat(steps.computerProperty().get().orElseThrow().sentence()).contains(words);
    }

    @Test
    void everyFigureHasItsSource() {
        host.hasGpus();
        open();
        assertThat(steps.computerProperty().get().orElseThrow().figures())
                .hasSize(5)
                .allSatisfy(figure -> assertThat(figure.source()).isNotBlank())
                .anySatisfy(figure ->
                        assertThat(figure.value()).isEqualTo("NVIDIA GeForce RTX 4070 with 13\u00a0GB of its own"));
    }
}
