package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.AvailabilityService;
import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.WeekHours;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RulesCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void whatIsSetIsShownAndKept() {
        Terminal.Said set = type(
                "rules",
                "set",
                "--profile",
                "balanced",
                "--idle",
                "12",
                "--celsius",
                "85",
                "--memory",
                "40",
                "--downloads",
                "5",
                "--hours",
                "mon-fri=22-7",
                "--hours",
                "sat=0-24");

        assertThat(set.code()).isZero();
        assertThat(set.out())
                .contains("Profile: balanced")
                .contains("until 12 quiet minutes")
                .contains("Shares on its battery: no")
                .contains("above 85 °C")
                .contains("Processor: 75 %, memory: 40 %, GPU: yes")
                .contains("5000000 bytes per second")
                .contains("\n  mon  22-24\n  tue  0-7, 22-24\n")
                .contains("\n  sat  0-24\n  sun  -");
        assertThat(type("rules", "show").out()).isEqualTo(set.out());
        assertThat(rules().as(Profile.BALANCED).schedule()).isEqualTo(rules().schedule());
    }

    @Test
    void tellsProgramsWhetherItWouldShareNow() {
        assertThat(json("rules", "show", "--json").get("available").asBoolean()).isTrue();
        JsonNode never = json("rules", "set", "--hours", "never", "--json");
        assertThat(never.get("available").asBoolean()).isFalse();
        assertThat(never.get("reasons").get(0).asString()).contains("hours");
        assertThat(never.get("rules").get("schedule").get("MONDAY").asString()).hasSize(24);
        assertThat(type("rules", "show").out()).contains("Hours: never").contains("Paused:");
    }

    @ParameterizedTest
    @CsvSource({
        "--idle, 0, must be off or from 1 to 600; it is 0.",
        "--celsius, warm, must be off or from 40 to 110; it is warm.",
        "--memory, 101, must be profile or from 1 to 100; it is 101.",
        "--hours, mon=25-26, are not hours.",
        "--hours, someday, are not hours.",
        "--battery, maybe, --battery",
        "--profile, huge, --profile",
    })
    void whatCannotBeIsToldAndNothingIsChanged(String option, String value, String sentence) {
        Terminal.Said said = type("rules", "set", "--gpu", "off", option, value);

        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err()).contains(sentence);
        assertThat(rules()).isEqualTo(SharingRules.DEFAULTS);
    }

    @Test
    void aRunningHostTakesTheRulesOverAndFollowsDecisions() {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        AppFolders folders = new AppFolders(folder);
        try (InstanceLock _ = InstanceLock.take(folders);
                ThreadAlarms alarms = new ThreadAlarms(threads);
                Mailbox mailbox = new Mailbox(threads)) {
            SettingsStore settings = new SettingsStore(folders.settings(), InstantSource.system());
            AvailabilityService host = new AvailabilityService(
                    folders,
                    settings,
                    Sensors.NONE,
                    () -> true,
                    new AvailabilityService.Time(alarms, mailbox::post, InstantSource.system(), ZoneId::systemDefault));
            host.start();

            assertThat(type("rules", "set", "--gpu", "off").code()).isZero();
            assertThat(settings.current().get().rules().gpu()).isFalse();

            assertThat(type("pause", "--for", "2h").out())
                    .startsWith("Paused until 2")
                    .doesNotContain("No host");
            await().until(() -> host.availability().get() instanceof Availability.Paused(var reasons)
                    && reasons.getFirst() instanceof PauseReason.ByHand(var until)
                    && until.isPresent());
            assertThat(type("share-now", "--for", "1h").code()).isZero();
            await().until(() ->
                    host.availability().get() instanceof Availability.Available(var until) && until.isPresent());
            assertThat(type("resume").out()).isEqualTo("The rules decide again." + System.lineSeparator());
            await().until(() -> host.availability().get().equals(Availability.Available.BY_RULES));
            host.stop();
        }
    }

    @Test
    void aProgramThatDoesNotTakeTheRulesIsToldAndTheyAreTakenBack() {
        AppFolders folders = new AppFolders(folder);
        try (InstanceLock _ = InstanceLock.take(folders)) {
            SettingsChange change = new SettingsChange(folders, InstantSource.system(), Duration.ofMillis(100));
            assertThatThrownBy(
                            () -> change.make(now -> SettingsWish.of(now.rules().as(Profile.LIGHT))))
                    .isInstanceOfSatisfying(HostException.class, refused -> {
                        assertThat(refused.problem()).isEqualTo(Problem.DATA_FOLDER_IN_USE);
                        assertThat(refused.sentence()).contains("the settings are as before");
                    });
            assertThat(folders.wishedSettings()).doesNotExist();
        }
    }

    @Test
    void aDecisionWithoutARunningHostCountsForTheNext() {
        JsonNode paused = json("pause", "--json");
        assertThat(paused.get("decision").asString()).isEqualTo("pause");
        assertThat(paused.get("running").asBoolean()).isFalse();
        assertThat(type("rules", "show").out()).contains("Paused: ");
        assertThat(type("pause").out()).contains("No host runs now; it counts for the next one.");
        type("resume");
        assertThat(type("rules", "show").out()).contains("Would share now.");
    }

    @Test
    void sharingNowNeedsAnEnd() {
        assertThat(type("share-now").code()).isEqualTo(ExitCode.USAGE.number());
        Terminal.Said wrong = type("share-now", "--for", "soon");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(wrong.err()).contains("'soon' is not a span of time. Write it as 2h, 90m or 1d12h.");
    }

    @ParameterizedTest
    @CsvSource({
        "2h, 2026-11-23T14:00:00Z",
        "90m, 2026-11-23T13:30:00Z",
        "1d12h, 2026-11-25T00:00:00Z",
    })
    void spansCountFromNow(String span, Instant end) {
        assertThat(new TimeText(NOON, ZoneOffset.UTC).after(span)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 2026-11-23T22:00:00Z",
        "12:00, 2026-11-24T12:00:00Z",
        "2026-12-01T08:30, 2026-12-01T08:30:00Z",
    })
    void anHourIsTheNextOne(String moment, Instant then) {
        assertThat(new TimeText(NOON, ZoneOffset.UTC).until(moment)).isEqualTo(then);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25:00", "tomorrow", "2020-11-23T11:00"})
    void whatIsNoMomentIsUsage(String moment) {
        assertThat(type("pause", "--until", moment).code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void nightsGoOnIntoTheNextDay() {
        assertThat(HoursText.parse(List.of("mon-sun=22-7"))).isEqualTo(WeekHours.NIGHTS);
        assertThat(HoursText.parse(List.of("Sun=23-1")).allows(DayOfWeek.MONDAY, 0))
                .isTrue();
        assertThat(HoursText.shown(WeekHours.ALWAYS)).isEqualTo("always");
    }

    private SharingRules rules() {
        return new SettingsStore(new AppFolders(folder).settings(), InstantSource.system())
                .current()
                .get()
                .rules();
    }

    private JsonNode json(String... arguments) {
        return JsonMapper.builder().build().readTree(type(arguments).out());
    }

    private Terminal.Said type(String... arguments) {
        String[] all = Stream.concat(List.of(arguments).stream(), Stream.of("--data", folder.toString()))
                .toArray(String[]::new);
        return terminal.type(all);
    }
}
