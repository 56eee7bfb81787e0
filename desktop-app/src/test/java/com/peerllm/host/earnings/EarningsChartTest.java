package com.peerllm.host.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.earnings.EarningsChart.Bar;
import com.peerllm.host.earnings.EarningsChart.Period;
import com.peerllm.host.settings.Electricity;
import com.peerllm.host.storage.EarnedHour;
import com.peerllm.host.storage.StoredReceipt.Status;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EarningsChartTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:17:03Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Provide
    Arbitrary<List<EarnedHour>> hours() {
        return Combinators.combine(
                        Arbitraries.of(Status.class),
                        Arbitraries.integers().between(-40 * 24, 2 * 24),
                        Arbitraries.of("oak", "elm", "ash"),
                        Arbitraries.longs().between(1, 1000),
                        Arbitraries.longs().between(0, 1_000_000_000_000L))
                .as((status, hour, model, answers, earned) -> new EarnedHour(
                        status,
                        NOW.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(hour)),
                        model,
                        answers,
                        answers * 3,
                        answers * 5,
                        0,
                        new Credits(earned)))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void barsAndModelsAddUpToTheReceiptsOfTheTime(@ForAll("hours") List<EarnedHour> hours, @ForAll Period period) {
        EarningsChart chart = EarningsChart.of(hours, period, NOW);

        List<EarnedHour> inside = hours.stream()
                .filter(hour -> !hour.hour().isBefore(chart.bars().getFirst().from())
                        && hour.hour().isBefore(chart.bars().getLast().until()))
                .toList();
        long earned = earned(inside, Status.VERIFIED);
        assertThat(chart.total().earned().nanoDollars()).isEqualTo(earned);
        assertThat(chart.bars().stream()
                        .mapToLong(bar -> bar.sum().earned().nanoDollars())
                        .sum())
                .isEqualTo(earned);
        assertThat(chart.byModel().values().stream()
                        .mapToLong(sum -> sum.earned().nanoDollars())
                        .sum())
                .isEqualTo(earned);
        assertThat(chart.bars().stream().mapToLong(bar -> bar.sum().answers()).sum())
                .isEqualTo(chart.total().answers());
        assertThat(chart.disputed().earned().nanoDollars()).isEqualTo(earned(inside, Status.DISPUTED));
    }

    private static long earned(List<EarnedHour> hours, Status status) {
        return hours.stream()
                .filter(hour -> hour.status() == status)
                .mapToLong(hour -> hour.hostShare().nanoDollars())
                .sum();
    }

    @Property(tries = 50)
    void theBarsLieSideBySide(@ForAll Period period) {
        List<Bar> bars = EarningsChart.of(List.of(), period, NOW).bars();
        for (int i = 1; i < bars.size(); i++)
            assertThat(bars.get(i).from()).isEqualTo(bars.get(i - 1).until());
        assertThat(bars.getFirst().from()).isEqualTo(period.from(NOW));
        assertThat(bars.getLast().until()).isAfter(NOW);
    }

    @Example
    void daysAreTheLedgers() {
        Instant lastSecond = Instant.parse("2026-11-21T23:00:00Z");
        EarningsChart week = EarningsChart.of(List.of(hour(lastSecond, 7)), Period.WEEK, NOW);
        assertThat(week.bars()).hasSize(7);
        assertThat(week.bars().get(5).sum().earned()).isEqualTo(new Credits(7));
        EarningsChart today = EarningsChart.of(List.of(hour(lastSecond, 7)), Period.TODAY, NOW);
        assertThat(today.bars()).hasSize(24);
        assertThat(today.total().answers()).isZero();
    }

    private static EarnedHour hour(Instant at, long nanoDollars) {
        return new EarnedHour(Status.VERIFIED, at, "oak", 1, 1, 1, 0, new Credits(nanoDollars));
    }

    private static SortedMap<LocalDate, Duration> measured(LocalDate day, Duration time) {
        return new TreeMap<>(java.util.Map.of(day, time));
    }

    private static Electricity electricity(Integer watts, String price) {
        return new Electricity(watts == null ? OptionalInt.empty() : OptionalInt.of(watts), Optional.ofNullable(price));
    }

    @Example
    void electricityIsWattsTimesHoursTimesPriceRoundedUp() {
        EarningsChart chart = EarningsChart.of(List.of(hour(NOW, 7)), Period.TODAY, NOW);
        assertThat(ElectricityBill.of(electricity(200, "0.30"), measured(TODAY, Duration.ofMinutes(90)), chart))
                .isEqualTo(new ElectricityBill.Known(Duration.ofMinutes(90), new Credits(90_000_000)));
        assertThat(ElectricityBill.of(electricity(1, "0.000000001"), measured(TODAY, Duration.ofMillis(1)), chart))
                .isEqualTo(new ElectricityBill.Known(Duration.ofMillis(1), new Credits(1)));
    }

    @Example
    void whatIsNotKnownIsNoZero() {
        EarningsChart earned = EarningsChart.of(List.of(hour(NOW, 7)), Period.TODAY, NOW);
        EarningsChart nothing = EarningsChart.of(List.of(), Period.TODAY, NOW);
        SortedMap<LocalDate, Duration> measured = measured(TODAY, Duration.ofHours(1));
        List<ElectricityBill> bills = new ArrayList<>(List.of(
                ElectricityBill.of(electricity(null, "0.30"), measured, earned),
                ElectricityBill.of(electricity(200, null), measured, earned),
                ElectricityBill.of(electricity(200, "0.30"), new TreeMap<>(), earned),
                ElectricityBill.of(electricity(5000, "9000000000"), measured, earned)));
        assertThat(bills)
                .extracting(bill -> ((ElectricityBill.NotKnown) bill).reason())
                .containsExactly(
                        ElectricityBill.Reason.NO_WATTS,
                        ElectricityBill.Reason.NO_PRICE,
                        ElectricityBill.Reason.NOT_MEASURED,
                        ElectricityBill.Reason.ABSURD);
        assertThat(ElectricityBill.of(electricity(200, "0.30"), new TreeMap<>(), nothing))
                .as("nothing earned, nothing computed")
                .isEqualTo(new ElectricityBill.Known(Duration.ZERO, Credits.ZERO));
    }

    @Example
    void onlyTheDaysOfTheChartAreCharged() {
        EarningsChart chart = EarningsChart.of(List.of(hour(NOW, 7)), Period.TODAY, NOW);
        SortedMap<LocalDate, Duration> measured = measured(TODAY, Duration.ofHours(1));
        measured.put(TODAY.minusDays(1), Duration.ofHours(20));
        assertThat(ElectricityBill.of(electricity(100, "0.10"), measured, chart))
                .isEqualTo(new ElectricityBill.Known(Duration.ofHours(1), new Credits(10_000_000)));
    }
}
