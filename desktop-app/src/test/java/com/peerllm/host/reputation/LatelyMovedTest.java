package com.peerllm.host.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.reputation.LatelyMoved.Move;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatelyMovedTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private static ReputationReport report(DayCount... counts) {
        return new ReputationReport(
                "net",
                PeerIdentity.generate().hostId(),
                1,
                Instant.parse("2026-11-22T10:00:00Z").toEpochMilli(),
                true,
                0,
                Presence.NEW,
                List.of(),
                List.of(counts));
    }

    private static DayCount count(int daysAgo, String name, long count) {
        return new DayCount(TODAY.minusDays(daysAgo).toString(), Optional.empty(), name, count);
    }

    @Test
    void whatPulledItDownComesFirst() {
        assertThat(LatelyMoved.of(report(
                        count(0, "answered", 90),
                        count(1, "answered", 10),
                        count(3, "stalled", 2),
                        count(2, "absent", 1),
                        count(1, "stalled", 1))))
                .containsExactly(
                        new Move("stalled", 3, TODAY.minusDays(1)),
                        new Move("absent", 1, TODAY.minusDays(2)),
                        new Move("answered", 100, TODAY));
    }

    @Test
    void whatIsOldOrSaysNothingIsLeftOut() {
        assertThat(LatelyMoved.of(report(
                        count(7, "stalled", 5),
                        count(0, "present", 5),
                        new DayCount("yesterday", Optional.empty(), "stalled", 1))))
                .isEmpty();
    }

    @Test
    void aHostThatAnsweredNothingHasNoStandingInsteadOfAZero() {
        assertThat(Standing.of(report(count(0, "absent", 1)))).isEmpty();
    }
}
