package com.peerllm.desktop.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.availability.Decision;
import com.peerllm.host.availability.Readings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.WeekHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RulesViewModelTest {
    private final StagedRules host = new StagedRules();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final RulesViewModel model = new RulesViewModel(
            host.source(),
            new Workbench(Runnable::run, background::add, () -> StagedHost.NOW, new Messages(Locale.UK), room -> {}));

    @Test
    void aProfileTakesOverAllThatItSaysAndLeavesTheHours() {
        host.have(SharingRules.DEFAULTS.edit().schedule(WeekHours.NIGHTS).done());
        model.choose(Profile.BALANCED);
        work();
        assertThat(host.rules().profile()).isEqualTo(Profile.BALANCED);
        assertThat(host.rules().idleMinutes()).hasValue(5);
        assertThat(host.rules().onBattery()).isFalse();
        assertThat(host.rules().schedule()).isEqualTo(WeekHours.NIGHTS);
        assertThat(model.isAdjusted()).isFalse();
        assertThat(model.idleMinutes().textProperty().get()).isEqualTo("5");
    }

    @Test
    void aChangeOfOnesOwnIsToldAndUndoneByTheProfile() {
        model.choose(Profile.BALANCED);
        model.onBattery(true);
        assertThat(model.isAdjusted()).isTrue();
        model.choose(Profile.BALANCED);
        work();
        assertThat(model.isAdjusted()).isFalse();
        assertThat(host.rules().onBattery()).isFalse();
    }

    @Test
    void aNumberThatCannotBeIsToldInTheLineAndNotSaved() {
        model.choose(Profile.BALANCED);
        work();
        for (String wrong : new String[] {"", "0", "601", "five", "-5", "99999999"}) {
            model.idleMinutes().textProperty().set(wrong);
            work();
            assertThat(model.idleMinutes().problemProperty().get())
                    .isEqualTo("Enter a whole number of minutes from 1 to 600. Until then the last one counts.");
            assertThat(host.rules().idleMinutes()).hasValue(5);
        }
        model.idleMinutes().textProperty().set(" 12 ");
        work();
        assertThat(model.idleMinutes().problemProperty().get()).isEmpty();
        assertThat(host.rules().idleMinutes()).hasValue(12);
        assertThat(model.idleMinutes().textProperty().get()).isEqualTo(" 12 ");
    }

    @Test
    void aLimitThatIsTurnedOffIsGone() {
        model.celsius().onProperty().set(true);
        work();
        assertThat(host.rules().mostCelsius()).hasValue(80);
        model.celsius().onProperty().set(false);
        work();
        assertThat(host.rules().mostCelsius()).isEmpty();
        model.downloads().textProperty().set("3");
        model.downloads().onProperty().set(true);
        work();
        assertThat(host.rules().downloadBytesPerSecond()).hasValue(3_000_000);
    }

    @Test
    void oneSaveIsOnItsWayAtATimeAndOnlyTheLatestFollows() {
        model.memoryPercent(50);
        model.memoryPercent(45);
        model.memoryPercent(40);
        assertThat(background).hasSize(1);
        work();
        assertThat(host.saved)
                .extracting(SharingRules::memoryPercent)
                .containsExactly(OptionalInt.of(50), OptionalInt.of(40));
        assertThat(model.rulesProperty().get().memoryPercent()).hasValue(40);
    }

    @Test
    void rulesFromTheCommandLineAreShown() {
        host.have(SharingRules.DEFAULTS
                .edit()
                .idleMinutes(OptionalInt.of(20))
                .downloadBytesPerSecond(OptionalLong.of(2_500_000))
                .done());
        assertThat(model.idleMinutes().onProperty().get()).isTrue();
        assertThat(model.idleMinutes().textProperty().get()).isEqualTo("20");
        assertThat(model.downloads().textProperty().get()).isEqualTo("2");
        assertThat(background).isEmpty();
    }

    @Test
    void whatCannotBeSavedIsTold() {
        host.refusal = Optional.of(new HostException(Problem.DATA_FOLDER_BROKEN, "The disk is full. Free space."));
        model.gpu(false);
        work();
        assertThat(model.troubleProperty().get()).contains("The disk is full. Free space.");
        host.refusal = Optional.empty();
        model.gpu(true);
        model.gpu(false);
        work();
        assertThat(model.troubleProperty().get()).isEmpty();
        assertThat(host.rules().gpu()).isFalse();
    }

    @Test
    void paintedHoursAreSavedTogether() {
        model.allHours(WeekHours.NEVER);
        work();
        for (int hour = 8; hour < 12; hour++) model.paint(DayOfWeek.SATURDAY, hour, true);
        assertThat(background).isEmpty();
        model.painted();
        work();
        assertThat(host.saved).hasSize(2);
        assertThat(host.rules().schedule().allows(DayOfWeek.SATURDAY, 11)).isTrue();
    }

    @Test
    void aRowOrAColumnIsAllowedUnlessItIsAllAllowed() {
        model.toggle(DayOfWeek.MONDAY);
        work();
        assertThat(host.rules().schedule().allows(DayOfWeek.MONDAY, 0)).isFalse();
        model.toggle(0);
        work();
        assertThat(host.rules().schedule().allows(DayOfWeek.MONDAY, 0)).isTrue();
        assertThat(host.rules().schedule().allows(DayOfWeek.MONDAY, 1)).isFalse();
    }

    @Test
    void saysWhatTheRulesMeanNow() {
        assertSays("Would share now", "Nothing in these rules speaks against it.");
        host.settings.set(host.settings.get().edit().sharing(true).done());
        assertSays("Sharing is allowed now", "Nothing in these rules speaks against it.");
        host.have(SharingRules.DEFAULTS.edit().schedule(WeekHours.NIGHTS).done());
        assertSays("Paused now: not an hour to share, until 22:00", "");
        host.have(SharingRules.DEFAULTS
                .edit()
                .schedule(WeekHours.NEVER.with(DayOfWeek.SUNDAY, 10, true))
                .done());
        assertSays("Sharing is allowed now", "Until 11:00.");
        host.have(SharingRules.DEFAULTS
                .edit()
                .schedule(WeekHours.NEVER.with(DayOfWeek.TUESDAY, 7, true))
                .onBattery(false)
                .idleMinutes(OptionalInt.of(1))
                .done());
        host.say(new Readings(Optional.of(Duration.ZERO), Optional.of(Supply.BATTERY), OptionalInt.empty()));
        assertSays(
                "Paused now: not an hour to share, until Tuesday, 07:00",
                "Also: the computer runs on its battery; somebody uses the computer; goes on after 1 quiet minute");
        host.decide(new Decision.ShareAnyway(StagedHost.NOW.plus(Duration.ofDays(20))));
        assertSays(
                "Shares until 12 Dec 2026, 10:00, whatever the rules say",
                "You decided so. The rules below count again afterwards.");
        assertThat(model.statusProperty().get().decided()).isTrue();
        model.followRules();
        work();
        assertThat(model.statusProperty().get().decided()).isFalse();
    }

    private void assertSays(String sentence, String detail) {
        assertThat(model.statusProperty().get().sentence()).isEqualTo(sentence);
        assertThat(model.statusProperty().get().detail().orElse("")).isEqualTo(detail);
    }

    private void work() {
        while (!background.isEmpty()) background.remove().run();
    }
}
