package com.peerllm.host.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.settings.WeekHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theNightGoesOnOverMidnight() {
        Schedule nights = new Schedule(WeekHours.NIGHTS, BERLIN);
        assertThat(nights.allows(berlin("2026-11-23T21:59:59"))).isFalse();
        assertThat(nights.allows(berlin("2026-11-23T22:00:00"))).isTrue();
        assertThat(nights.changeAfter(berlin("2026-11-23T21:00:00"))).contains(berlin("2026-11-23T22:00:00"));
        assertThat(nights.changeAfter(berlin("2026-11-23T22:00:00"))).contains(berlin("2026-11-24T07:00:00"));
    }

    @Test
    void theWeekBeginsAgainAfterSunday() {
        WeekHours mondayMorning = WeekHours.NEVER.with(DayOfWeek.MONDAY, 0, true);
        Schedule schedule = new Schedule(mondayMorning, BERLIN);
        assertThat(schedule.changeAfter(berlin("2026-11-23T01:00:00"))).contains(berlin("2026-11-30T00:00:00"));
        assertThat(schedule.changeAfter(berlin("2026-11-29T23:59:00"))).contains(berlin("2026-11-30T00:00:00"));
    }

    @Test
    void anHourThatIsLeftOutInSpringDoesNotCome() {
        WeekHours twoOClock = WeekHours.NEVER.with(DayOfWeek.SUNDAY, 2, true);
        Schedule schedule = new Schedule(twoOClock, BERLIN);
        assertThat(schedule.changeAfter(berlin("2026-03-28T12:00:00"))).contains(berlin("2026-04-05T02:00:00"));
    }

    @Test
    void anHourThatComesTwiceInAutumnIsAllowedTwice() {
        WeekHours twoOClock = WeekHours.NEVER.with(DayOfWeek.SUNDAY, 2, true);
        Schedule schedule = new Schedule(twoOClock, BERLIN);
        Instant begin = berlin("2026-10-25T02:00:00");
        assertThat(schedule.changeAfter(berlin("2026-10-24T12:00:00"))).contains(begin);
        assertThat(schedule.changeAfter(begin)).contains(begin.plus(Duration.ofHours(2)));
    }

    /** Newfoundland changed its clocks at one minute past midnight until 2011. */
    @Test
    void clocksThatChangeWithinAnHourChangeTheHourAtThatMoment() {
        WeekHours oneOClock = WeekHours.NEVER.with(DayOfWeek.SUNDAY, 1, true);
        Schedule schedule = new Schedule(oneOClock, ZoneId.of("America/St_Johns"));
        assertThat(schedule.changeAfter(Instant.parse("2010-03-14T03:00:00Z")))
                .contains(Instant.parse("2010-03-14T03:31:00Z"));
    }

    @Test
    void neverEndsWhereNothingChanges() {
        Instant now = berlin("2026-11-23T12:00:00");
        assertThat(new Schedule(WeekHours.ALWAYS, BERLIN).changeAfter(now)).isEmpty();
        assertThat(new Schedule(WeekHours.NEVER, BERLIN).changeAfter(now)).isEmpty();
    }

    /** Against looking every ten minutes, in places whose clocks change by an hour, by half an hour, by two, and never. */
    @Property(tries = 150)
    void theNextChangeIsTheFirstMomentThatDiffers(
            @ForAll("hours") WeekHours hours, @ForAll("places") ZoneId place, @ForAll("moments") Instant at) {
        Schedule schedule = new Schedule(hours, place);
        Optional<Instant> next = schedule.changeAfter(at);
        Instant end = next.orElse(at.plus(Duration.ofDays(7)));
        for (Instant moment = at; moment.isBefore(end); moment = moment.plus(Duration.ofMinutes(10))) {
            assertThat(schedule.allows(moment)).isEqualTo(schedule.allows(at));
        }
        next.ifPresent(change -> {
            assertThat(schedule.allows(change)).isNotEqualTo(schedule.allows(at));
            assertThat(schedule.allows(change.minusNanos(1))).isEqualTo(schedule.allows(at));
        });
    }

    @Property(tries = 50)
    void whatIsWrittenIsReadAgain(@ForAll("hours") WeekHours hours) {
        assertThat(WeekHours.of(hours.days())).isEqualTo(hours);
    }

    @Provide
    Arbitrary<WeekHours> hours() {
        Arbitrary<WeekHours> any = Arbitraries.randomValue(ScheduleTest::someHours);
        return Arbitraries.oneOf(any, Arbitraries.of(WeekHours.ALWAYS, WeekHours.NEVER, WeekHours.NIGHTS));
    }

    private static WeekHours someHours(Random random) {
        Map<DayOfWeek, String> days = new EnumMap<>(DayOfWeek.class);
        boolean sparse = random.nextBoolean();
        for (DayOfWeek day : DayOfWeek.values()) {
            BitSet allowed = new BitSet();
            for (int hour = 0; hour < 24; hour++) allowed.set(hour, random.nextInt(sparse ? 30 : 2) == 0);
            StringBuilder text = new StringBuilder();
            for (int hour = 0; hour < 24; hour++) text.append(allowed.get(hour) ? '1' : '0');
            days.put(day, text.toString());
        }
        return WeekHours.of(days);
    }

    @Provide
    Arbitrary<ZoneId> places() {
        return Arbitraries.of(Arrays.asList(
                BERLIN,
                ZoneId.of("America/New_York"),
                ZoneId.of("Australia/Lord_Howe"),
                ZoneId.of("Antarctica/Troll"),
                ZoneId.of("Asia/Kathmandu"),
                ZoneId.of("UTC")));
    }

    /** Half of them near a change of the clocks. */
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Instant> any =
                Arbitraries.longs().between(1_767_225_600, 1_830_297_600).map(Instant::ofEpochSecond);
        Arbitrary<Instant> nearAChange = Arbitraries.longs()
                .between(-200_000, 200_000)
                .flatMap(off -> Arbitraries.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-04-04T15:00:00Z")
                        .map(change -> Instant.parse(change).plusSeconds(off)));
        return Arbitraries.oneOf(any, nearAChange);
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
