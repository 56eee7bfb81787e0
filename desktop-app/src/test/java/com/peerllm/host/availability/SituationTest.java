package com.peerllm.host.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.availability.Availability.Available;
import com.peerllm.host.availability.Availability.Paused;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.settings.RulesDraft;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.WeekHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SituationTest {
    /** A Monday. */
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Instant TEN_AT_NIGHT = Instant.parse("2026-11-23T22:00:00Z");
    private static final ZoneId ZONE = ZoneOffset.UTC;
    private static final Decision NONE = new Decision.FollowRules();
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    static Stream<Arguments> rulesReadingsAndReasons() {
        return Stream.of(
                row("nothing is forbidden", r -> r, readings(0, Supply.BATTERY, 99)),
                row("nothing is known", SituationTest::careful, Readings.NONE),
                row("quiet for long enough", SituationTest::careful, readings(300, Supply.MAINS, 60)),
                row(
                        "in use",
                        SituationTest::careful,
                        readings(299, Supply.MAINS, 60),
                        new PauseReason.InUse(FIVE_MINUTES)),
                row(
                        "on battery",
                        SituationTest::careful,
                        readings(900, Supply.BATTERY, 60),
                        new PauseReason.OnBattery()),
                row("as hot as allowed", SituationTest::careful, readings(900, Supply.MAINS, 80)),
                row("too hot", SituationTest::careful, readings(900, Supply.MAINS, 81), new PauseReason.TooHot(81, 80)),
                row(
                        "outside the hours",
                        r -> careful(r).schedule(WeekHours.NIGHTS),
                        readings(900, Supply.MAINS, 60),
                        new PauseReason.OutsideHours(Optional.of(TEN_AT_NIGHT))),
                row(
                        "no hour at all",
                        r -> r.schedule(WeekHours.NEVER),
                        Readings.NONE,
                        new PauseReason.OutsideHours(Optional.empty())),
                row(
                        "everything at once, what lasts longest first",
                        r -> careful(r).schedule(WeekHours.NIGHTS),
                        readings(1, Supply.BATTERY, 90),
                        new PauseReason.OutsideHours(Optional.of(TEN_AT_NIGHT)),
                        new PauseReason.OnBattery(),
                        new PauseReason.TooHot(90, 80),
                        new PauseReason.InUse(FIVE_MINUTES)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesReadingsAndReasons")
    void pausesForTheReasonsThatTheRulesGive(
            String name, SharingRules rules, Readings readings, List<PauseReason> reasons) {
        Availability expected = reasons.isEmpty() ? Available.BY_RULES : new Paused(reasons);
        assertThat(new Situation(rules, readings, NONE, false, NOON, ZONE).availability())
                .isEqualTo(expected);
    }

    @Test
    void whatWasTooHotMustCoolFiveDegreesFirst() {
        SharingRules rules = careful(SharingRules.DEFAULTS.edit()).done();
        assertThat(hot(rules, 76, true)).isEqualTo(new Paused(List.of(new PauseReason.TooHot(76, 80))));
        assertThat(hot(rules, 75, true)).isEqualTo(Available.BY_RULES);
        assertThat(hot(rules, 76, false)).isEqualTo(Available.BY_RULES);
    }

    private static Availability hot(SharingRules rules, int celsius, boolean before) {
        return new Situation(rules, readings(900, Supply.MAINS, celsius), NONE, before, NOON, ZONE).availability();
    }

    @Test
    void anOverrideHoldsUntilItsEndWhateverTheRulesSay() {
        Decision share = new Decision.ShareAnyway(NOON.plusSeconds(60));
        SharingRules never =
                SharingRules.DEFAULTS.edit().schedule(WeekHours.NEVER).done();
        assertThat(decided(never, share, NOON)).isEqualTo(new Available(Optional.of(NOON.plusSeconds(60))));
        assertThat(decided(never, share, NOON.plusSeconds(60))).isInstanceOf(Paused.class);
    }

    @Test
    void aPauseHoldsUntilItsEndOrForGood() {
        Decision untilFive = new Decision.Pause(Optional.of(NOON.plusSeconds(60)));
        assertThat(decided(SharingRules.DEFAULTS, untilFive, NOON))
                .isEqualTo(new Paused(List.of(new PauseReason.ByHand(Optional.of(NOON.plusSeconds(60))))));
        assertThat(decided(SharingRules.DEFAULTS, untilFive, NOON.plusSeconds(60)))
                .isEqualTo(Available.BY_RULES);
        assertThat(decided(
                        SharingRules.DEFAULTS, new Decision.Pause(Optional.empty()), NOON.plus(Duration.ofDays(999))))
                .isInstanceOf(Paused.class);
    }

    private static Availability decided(SharingRules rules, Decision decision, Instant now) {
        return new Situation(rules, Readings.NONE, decision, false, now, ZONE).availability();
    }

    @Test
    void saysWhenItWillHaveBeenQuietForLongEnough() {
        SharingRules rules = careful(SharingRules.DEFAULTS.edit()).done();
        assertThat(new Situation(rules, readings(60, Supply.MAINS, 50), NONE, false, NOON, ZONE).nextChange())
                .contains(NOON.plusSeconds(240));
        assertThat(new Situation(rules, readings(900, Supply.MAINS, 50), NONE, false, NOON, ZONE).nextChange())
                .isEmpty();
    }

    /** Whoever sleeps until the next change misses nothing, as long as the sensors say the same. */
    @Property(tries = 300)
    void nothingChangesBeforeTheNextChange(@ForAll("situations") Situation now) {
        Instant end = now.nextChange().orElse(now.now().plus(Duration.ofDays(9)));
        assertThat(end).isAfter(now.now());
        long step = Math.max(1, Duration.between(now.now(), end).toSeconds() / 40);
        for (Instant at = now.now(); at.isBefore(end); at = at.plusSeconds(step)) {
            assertThat(later(now, at).availability()).isEqualTo(now.availability());
        }
    }

    /** With the sensors that say the same; idle time goes on, except that of a person who is at the computer. */
    private static Situation later(Situation now, Instant at) {
        Duration passed = Duration.between(now.now(), at);
        Readings readings = new Readings(
                now.readings().idle().map(passed::plus),
                now.readings().supply(),
                now.readings().celsius());
        return new Situation(now.rules(), readings, now.decision(), now.wasTooHot(), at, now.zone());
    }

    @Provide
    Arbitrary<Situation> situations() {
        Arbitrary<Instant> moments =
                Arbitraries.longs().between(1_774_000_000, 1_800_000_000).map(Instant::ofEpochSecond);
        Arbitrary<SharingRules> rules = Combinators.combine(
                        Arbitraries.of(WeekHours.ALWAYS, WeekHours.NEVER, WeekHours.NIGHTS),
                        Arbitraries.of(Profile.values()),
                        Arbitraries.of(OptionalInt.empty(), OptionalInt.of(70)))
                .as((hours, profile, most) -> SharingRules.DEFAULTS
                        .as(profile)
                        .edit()
                        .schedule(hours)
                        .mostCelsius(most)
                        .done());
        Arbitrary<Readings> readings = Combinators.combine(
                        Arbitraries.longs().between(0, 1200),
                        Arbitraries.of(Supply.values()),
                        Arbitraries.integers().between(30, 100))
                .as((idle, supply, celsius) -> readings(idle, supply, celsius));
        return Combinators.combine(
                        rules,
                        readings,
                        Arbitraries.longs().between(-100, 100_000),
                        Arbitraries.integers().between(0, 2),
                        moments,
                        Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
                .as((rule, reading, seconds, kind, now, zone) -> new Situation(
                        rule, reading, decision(kind, now.plusSeconds(seconds)), false, now, ZoneId.of(zone)));
    }

    private static Decision decision(int kind, Instant end) {
        return switch (kind) {
            case 0 -> NONE;
            case 1 -> new Decision.Pause(Optional.of(end));
            default -> new Decision.ShareAnyway(end);
        };
    }

    private static Arguments row(
            String name, UnaryOperator<RulesDraft> rules, Readings readings, PauseReason... reasons) {
        return Arguments.of(name, rules.apply(SharingRules.DEFAULTS.edit()).done(), readings, List.of(reasons));
    }

    private static RulesDraft careful(RulesDraft rules) {
        return rules.idleMinutes(OptionalInt.of(5)).onBattery(false).mostCelsius(OptionalInt.of(80));
    }

    private static Readings readings(long idleSeconds, Supply supply, int celsius) {
        return new Readings(Optional.of(Duration.ofSeconds(idleSeconds)), Optional.of(supply), OptionalInt.of(celsius));
    }
}
