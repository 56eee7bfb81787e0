package com.peerllm.host.earnings;

import com.peerllm.host.earnings.Earnings.Sum;
import com.peerllm.host.storage.EarnedHour;
import com.peerllm.host.storage.StoredReceipt;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Earnings over time, from verified receipts only. Days are those of the ledger, from midnight to midnight UTC.
 *
 * @param bars the oldest first, without a gap; they add up to {@code total}
 * @param byModel who earned most comes first; adds up to {@code total}
 * @param disputed receipts of the same time that do not hold; in no other figure
 */
public record EarningsChart(Period period, List<Bar> bars, Sum total, SequencedMap<String, Sum> byModel, Sum disputed) {

    /** How much time a chart shows. */
    public enum Period {
        /** 24 bars of an hour. */
        TODAY(1, Duration.ofHours(1)),
        WEEK(7, Duration.ofDays(1)),
        MONTH(30, Duration.ofDays(1));

        private final int days;
        private final Duration step;

        Period(int days, Duration step) {
            this.days = days;
            this.step = step;
        }

        /** The first moment of the chart at a time. */
        public Instant from(Instant now) {
            return today(now).minusDays(days - 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
        }

        /** The first moment after the chart. */
        public Instant until(Instant now) {
            return today(now).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        }

        private static LocalDate today(Instant now) {
            return LocalDate.ofInstant(now, ZoneOffset.UTC);
        }
    }

    /** What was earned from one moment until before the next. */
    public record Bar(Instant from, Instant until, Sum sum) {}

    /** @param hours may hold more than the period; what is outside is not in the chart */
    public static EarningsChart of(List<EarnedHour> hours, Period period, Instant now) {
        Instant from = period.from(now);
        Instant until = period.until(now);
        List<EarnedHour> inside = hours.stream()
                .filter(hour -> !hour.hour().isBefore(from) && hour.hour().isBefore(until))
                .toList();
        List<EarnedHour> verified = inside.stream()
                .filter(hour -> hour.status() == StoredReceipt.Status.VERIFIED)
                .toList();
        return new EarningsChart(
                period,
                bars(verified, from, until, period.step),
                sum(verified.stream()),
                byModel(verified),
                sum(inside.stream().filter(hour -> hour.status() == StoredReceipt.Status.DISPUTED)));
    }

    private static List<Bar> bars(List<EarnedHour> hours, Instant from, Instant until, Duration step) {
        Map<Long, Sum> sums = new HashMap<>();
        for (EarnedHour hour : hours)
            sums.merge(Duration.between(from, hour.hour()).dividedBy(step), sum(hour), Sum::plus);
        List<Bar> bars = new ArrayList<>();
        long number = 0;
        for (Instant at = from; at.isBefore(until); at = at.plus(step))
            bars.add(new Bar(at, at.plus(step), sums.getOrDefault(number++, Sum.NOTHING)));
        return List.copyOf(bars);
    }

    private static SequencedMap<String, Sum> byModel(List<EarnedHour> hours) {
        Map<String, Sum> sums = new HashMap<>();
        for (EarnedHour hour : hours) sums.merge(hour.model(), sum(hour), Sum::plus);
        SequencedMap<String, Sum> ordered = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Sum>, com.peerllm.shared.money.Credits>comparing(
                                entry -> entry.getValue().earned())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    private static Sum sum(Stream<EarnedHour> hours) {
        return hours.map(EarningsChart::sum).reduce(Sum.NOTHING, Sum::plus);
    }

    private static Sum sum(EarnedHour hour) {
        return new Sum(
                hour.hostShare(), hour.answers(), hour.promptTokens(), hour.completionTokens(), hour.unpaidTokens());
    }
}
