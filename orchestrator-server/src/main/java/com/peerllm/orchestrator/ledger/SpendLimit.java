package com.peerllm.orchestrator.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * The most that a key may spend, in all or anew in every period.
 *
 * @param most not negative
 */
public record SpendLimit(Credits most, Period period) {
    public SpendLimit {
        if (most.isNegative()) throw new IllegalArgumentException("A spend limit cannot be negative");
    }

    /** When the count begins anew; days and months are those of UTC. */
    public enum Period {
        TOTAL,
        DAY,
        MONTH;

        /** @throws IllegalArgumentException when there is no such period */
        @JsonCreator
        public static Period of(String word) {
            for (Period period : values()) if (period.word().equals(word)) return period;
            throw new IllegalArgumentException("A spend limit is per total, day or month");
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** When the period that this moment lies in is over; never for the total. */
        public Optional<Instant> endAfter(Instant now) {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            return switch (this) {
                case TOTAL -> Optional.empty();
                case DAY -> Optional.of(begin(today.plusDays(1)));
                case MONTH -> Optional.of(begin(today.withDayOfMonth(1).plusMonths(1)));
            };
        }

        private static Instant begin(LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
