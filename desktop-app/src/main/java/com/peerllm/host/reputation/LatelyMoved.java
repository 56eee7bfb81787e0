package com.peerllm.host.reputation;

import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What moved a host's reputation in the last seven days: a pure function of the counts in its report. */
public final class LatelyMoved {
    private static final int DAYS = 7;

    private LatelyMoved() {}

    /**
     * Equal pieces of evidence.
     *
     * @param name as in docs/reputation.md: {@code answered}, {@code confirmed}, {@code absent} or a fault
     * @param last the last day (UTC) on which there was one
     */
    public record Move(String name, long count, LocalDate last) {
        /** Whether it lifts the score. */
        public boolean good() {
            return name.equals("answered") || name.equals("confirmed");
        }
    }

    /** What pulls the score down comes first, then what happened most. Being connected is told by the uptime, not here. */
    public static List<Move> of(ReputationReport report) {
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(report.computedAtMillis()), ZoneOffset.UTC);
        Map<String, Move> moves = new TreeMap<>();
        for (DayCount count : report.evidence()) {
            Optional<LocalDate> day = day(count.day());
            if (count.name().equals("present") || day.isEmpty()) continue;
            if (day.get().isBefore(today.minusDays(DAYS - 1L))) continue;
            moves.merge(count.name(), new Move(count.name(), count.count(), day.get()), LatelyMoved::together);
        }
        return moves.values().stream()
                .sorted(Comparator.comparing(Move::good)
                        .thenComparing(Comparator.comparing(Move::count).reversed()))
                .toList();
    }

    private static Move together(Move one, Move other) {
        return new Move(
                one.name(), one.count() + other.count(), one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
