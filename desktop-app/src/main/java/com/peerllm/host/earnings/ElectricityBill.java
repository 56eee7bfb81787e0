package com.peerllm.host.earnings;

import com.peerllm.host.settings.Electricity;
import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedMap;

/** What the electricity of a chart's time cost: watts x measured hours of computing x price. Nothing is guessed. */
public sealed interface ElectricityBill {

    /** @param computing in which at least one answer for the network was being made */
    record Known(Duration computing, Credits cost) implements ElectricityBill {}

    record NotKnown(Reason reason) implements ElectricityBill {}

    /** What is missing. */
    enum Reason {
        NO_WATTS,
        NO_PRICE,
        /** Something was earned before computing was measured. */
        NOT_MEASURED,
        /** More money than there is. */
        ABSURD
    }

    /** @param measured by day (UTC); nothing was measured before the first of them */
    static ElectricityBill of(Electricity electricity, SortedMap<LocalDate, Duration> measured, EarningsChart chart) {
        if (electricity.watts().isEmpty()) return new NotKnown(Reason.NO_WATTS);
        Optional<Credits> price = electricity.pricePerKilowattHour().map(Credits::parseDollars);
        if (price.isEmpty()) return new NotKnown(Reason.NO_PRICE);
        if (earnedBeforeMeasuring(measured, chart)) return new NotKnown(Reason.NOT_MEASURED);
        Duration computing = computing(measured, chart);
        try {
            return new Known(computing, cost(electricity.watts().getAsInt(), computing, price.get()));
        } catch (ArithmeticException tooMuch) {
            return new NotKnown(Reason.ABSURD);
        }
    }

    /** Of the chart's days that were measured. */
    static Duration computing(SortedMap<LocalDate, Duration> measured, EarningsChart chart) {
        LocalDate from = day(chart.bars().getFirst());
        LocalDate last = day(chart.bars().getLast());
        return measured.subMap(from, last.plusDays(1)).values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean earnedBeforeMeasuring(SortedMap<LocalDate, Duration> measured, EarningsChart chart) {
        return chart.bars().stream()
                .filter(bar -> bar.sum().answers() > 0)
                .anyMatch(bar -> measured.isEmpty() || day(bar).isBefore(measured.firstKey()));
    }

    private static LocalDate day(EarningsChart.Bar bar) {
        return LocalDate.ofInstant(bar.from(), ZoneOffset.UTC);
    }

    /** Rounded up, so that what is left is never shown too high. */
    private static Credits cost(int watts, Duration computing, Credits pricePerKilowattHour) {
        BigDecimal wattMillis = BigDecimal.valueOf(watts).multiply(BigDecimal.valueOf(computing.toMillis()));
        BigDecimal millisPerKilowattHour =
                BigDecimal.valueOf(1000L * Duration.ofHours(1).toMillis());
        return new Credits(wattMillis
                .multiply(BigDecimal.valueOf(pricePerKilowattHour.nanoDollars()))
                .divide(millisPerKilowattHour, 0, RoundingMode.CEILING)
                .longValueExact());
    }
}
