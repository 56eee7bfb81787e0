package com.peerllm.host.earnings;

import com.peerllm.host.storage.EarnedRow;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.money.Credits;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What this host earned, from verified receipts only; disputed ones stand apart and are in no other figure.
 *
 * @param byModel by model name
 * @param byDay by day (UTC), newest first
 */
public record Earnings(Sum total, SequencedMap<String, Sum> byModel, SequencedMap<LocalDate, Sum> byDay, Sum disputed) {

    /**
     * @param unpaidTokens tokens that were sent and not paid for, because the consumer left before they reached it
     */
    public record Sum(Credits earned, long answers, long promptTokens, long completionTokens, long unpaidTokens) {
        static final Sum NOTHING = new Sum(Credits.ZERO, 0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    sum(earned, other.earned),
                    answers + other.answers,
                    promptTokens + other.promptTokens,
                    completionTokens + other.completionTokens,
                    unpaidTokens + other.unpaidTokens);
        }

        /** Absurd amounts stop at the largest one: what a stranger wrote into a receipt must not break the page. */
        private static Credits sum(Credits one, Credits other) {
            try {
                return one.plus(other);
            } catch (ArithmeticException tooLarge) {
                return new Credits(Long.MAX_VALUE);
            }
        }

        private static Sum of(EarnedRow row) {
            return new Sum(
                    row.hostShare(), row.answers(), row.promptTokens(), row.completionTokens(), row.unpaidTokens());
        }
    }

    public static Earnings of(List<EarnedRow> rows) {
        List<EarnedRow> verified = rows.stream()
                .filter(row -> row.status() == StoredReceipt.Status.VERIFIED)
                .toList();
        List<EarnedRow> disputed = rows.stream()
                .filter(row -> row.status() == StoredReceipt.Status.DISPUTED)
                .toList();
        return new Earnings(
                sum(verified),
                grouped(verified, EarnedRow::model, Comparator.<String>naturalOrder()),
                grouped(verified, EarnedRow::day, Comparator.<LocalDate>reverseOrder()),
                sum(disputed));
    }

    private static Sum sum(List<EarnedRow> rows) {
        return rows.stream().map(Sum::of).reduce(Sum.NOTHING, Sum::plus);
    }

    private static <K> SequencedMap<K, Sum> grouped(
            List<EarnedRow> rows, Function<EarnedRow, K> key, Comparator<? super K> order) {
        SequencedMap<K, Sum> groups = new TreeMap<>(order);
        for (EarnedRow row : rows) groups.merge(key.apply(row), Sum.of(row), Sum::plus);
        return groups;
    }
}
