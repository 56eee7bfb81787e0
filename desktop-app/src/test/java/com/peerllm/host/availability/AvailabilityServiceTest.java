package com.peerllm.host.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.availability.Availability.Available;
import com.peerllm.host.availability.Availability.Paused;
import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.WeekHours;
import com.peerllm.host.settings.WishedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityServiceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Paused IN_USE = new Paused(List.of(new PauseReason.InUse(Duration.ofMinutes(5))));

    @TempDir
    Path folder;

    private final StagedSensors sensors = new StagedSensors();
    private final HandAlarms alarms = new HandAlarms();
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private boolean sharing = true;
    private AppFolders folders;
    private SettingsStore settings;
    private AvailabilityService service;

    @BeforeEach
    void open() {
        folders = new AppFolders(folder);
        settings = new SettingsStore(folders.settings(), () -> now);
        rules(rules -> rules.as(Profile.BALANCED));
        service = made();
        service.start();
    }

    private AvailabilityService made() {
        return new AvailabilityService(
                folders,
                settings,
                sensors.all(),
                () -> sharing,
                new AvailabilityService.Time(alarms, Runnable::run, () -> now, () -> ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        service.stop();
        assertThat(alarms.waiting()).isZero();
    }

    @Test
    void pausesWithinASecondWhenThePersonComesBack() {
        assertThat(availability()).isEqualTo(Available.BY_RULES);
        sensors.idle = Duration.ZERO;
        pass(SECOND);
        assertThat(availability()).isEqualTo(IN_USE);
        assertThat(service.nextChange()).contains(now.plus(Duration.ofMinutes(5)));
    }

    @Test
    void goesOnWhenThePersonHasBeenAwayForLongEnough() {
        sensors.idle = Duration.ZERO;
        pass(SECOND);
        sensors.idle = Duration.ofMinutes(5);
        pass(SECOND);
        assertThat(availability()).isEqualTo(Available.BY_RULES);
    }

    @Test
    void looksRarelyForAPersonWhileNothingIsShared() {
        sharing = false;
        sensors.askedForActivity = 0;
        pass(Duration.ofSeconds(30));
        assertThat(sensors.askedForActivity).isBetween(4, 8);
    }

    @Test
    void doesNotLookForAPersonWhenTheRulesDoNotAsk() {
        rules(rules -> rules.as(Profile.FULL));
        sensors.askedForActivity = 0;
        pass(Duration.ofSeconds(29));
        assertThat(sensors.askedForActivity).isZero();
    }

    @Test
    void unplugsWithinSeconds() {
        sensors.supply = Supply.BATTERY;
        pass(Duration.ofSeconds(6));
        assertThat(availability()).isEqualTo(new Paused(List.of(new PauseReason.OnBattery())));
    }

    @Test
    void coolsBeforeItGoesOn() {
        rules(rules -> rules.edit().mostCelsius(OptionalInt.of(80)).done());
        assertThat(hotAt(81)).isTrue();
        assertThat(hotAt(77)).isTrue();
        assertThat(hotAt(75)).isFalse();
        assertThat(hotAt(77)).isFalse();
    }

    private boolean hotAt(int celsius) {
        sensors.celsius = celsius;
        pass(Duration.ofSeconds(6));
        return availability() instanceof Paused;
    }

    @Test
    void aSensorThatFailsIsNoReasonToPause() {
        sensors.idle = Duration.ZERO;
        pass(SECOND);
        sensors.fails = true;
        pass(SECOND);
        assertThat(availability()).isEqualTo(Available.BY_RULES);
        assertThat(service.readings().get().idle()).isEmpty();
        sensors.fails = false;
        pass(SECOND);
        assertThat(availability()).isEqualTo(IN_USE);
    }

    @Test
    void anOverrideCountsOverTheRulesAndEndsByItself() {
        sensors.idle = Duration.ZERO;
        Instant end = now.plus(Duration.ofHours(2));
        service.shareAnywayUntil(end);
        assertThat(availability()).isEqualTo(new Available(Optional.of(end)));
        pass(Duration.ofHours(2));
        assertThat(availability()).isEqualTo(IN_USE);
    }

    @Test
    void aPauseSurvivesARestart() {
        service.pauseUntil(Optional.empty());
        restart();
        assertThat(availability()).isEqualTo(new Paused(List.of(new PauseReason.ByHand(Optional.empty()))));
        service.followRules();
        restart();
        assertThat(availability()).isEqualTo(Available.BY_RULES);
    }

    @Test
    void anOverrideSurvivesARestartUntilItsEndOnly() {
        service.shareAnywayUntil(now.plusSeconds(60));
        restart();
        assertThat(availability()).isEqualTo(new Available(Optional.of(now.plusSeconds(60))));
        now = now.plusSeconds(60);
        restart();
        assertThat(availability()).isEqualTo(Available.BY_RULES);
    }

    private void restart() {
        service.stop();
        service = made();
        // Known before the first look, so that nothing begins that must not.
        Availability first = availability();
        service.start();
        assertThat(availability()).isEqualTo(first);
    }

    @Test
    void followsWhatAnotherProgramDecided() {
        new DecisionFile(folders.decision()).write(new Decision.Pause(Optional.of(now.plusSeconds(600))));
        pass(SECOND);
        assertThat(availability())
                .isEqualTo(new Paused(
                        List.of(new PauseReason.ByHand(Optional.of(Instant.parse("2026-11-23T12:10:00Z"))))));
        new DecisionFile(folders.decision()).write(new Decision.FollowRules());
        pass(SECOND);
        assertThat(availability()).isEqualTo(Available.BY_RULES);
    }

    @Test
    void aDecisionThatCannotBeUnderstoodIsNone() throws Exception {
        Files.writeString(folders.decision(), "{\"decision\": \"sing\"}");
        pass(SECOND);
        assertThat(availability()).isEqualTo(Available.BY_RULES);
    }

    @Test
    void takesOverTheRulesThatAnotherProgramWishes() {
        WishedSettings wished = new WishedSettings(folders.wishedSettings());
        SharingRules never = settings.current()
                .get()
                .rules()
                .edit()
                .schedule(WeekHours.NEVER)
                .done();
        wished.leave(SettingsWish.of(never));
        pass(SECOND);
        assertThat(wished.waiting()).isFalse();
        assertThat(settings.current().get().rules()).isEqualTo(never);
        assertThat(availability()).isEqualTo(new Paused(List.of(new PauseReason.OutsideHours(Optional.empty()))));
    }

    @Test
    void rulesCountAsSoonAsTheyAreChanged() {
        rules(rules -> rules.edit().schedule(WeekHours.NIGHTS).done());
        assertThat(availability())
                .isEqualTo(new Paused(
                        List.of(new PauseReason.OutsideHours(Optional.of(Instant.parse("2026-11-23T22:00:00Z"))))));
    }

    @Test
    void aRealClockPausesWithinOneAndAHalfSeconds() {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        InstantSource clock = InstantSource.system();
        try (ThreadAlarms realAlarms = new ThreadAlarms(threads);
                Mailbox mailbox = new Mailbox(threads)) {
            AvailabilityService live = new AvailabilityService(
                    folders,
                    settings,
                    sensors.all(),
                    () -> true,
                    new AvailabilityService.Time(realAlarms, mailbox::post, clock, () -> ZoneOffset.UTC));
            live.start();
            await().until(() -> live.readings().get().idle().isPresent());
            assertThat(live.availability().get()).isEqualTo(Available.BY_RULES);
            Instant back = clock.instant();
            sensors.idle = Duration.ZERO;
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> live.availability().get().equals(IN_USE));
            assertThat(Duration.between(back, clock.instant())).isLessThan(Duration.ofMillis(1500));
            live.stop();
        }
    }

    private Availability availability() {
        return service.availability().get();
    }

    private void rules(UnaryOperator<SharingRules> change) {
        settings.update(
                before -> before.edit().rules(change.apply(before.rules())).done());
    }

    private void pass(Duration time) {
        for (long second = 0; second < Math.min(time.toSeconds(), 60); second++) {
            now = now.plus(time.dividedBy(Math.min(time.toSeconds(), 60)));
            alarms.advance(SECOND);
        }
    }
}
