package com.peerllm.host.reputation;

import com.peerllm.host.reputation.LatelyMoved.Move;
import com.peerllm.shared.reputation.ReputationReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * This host's reputation in one line.
 *
 * @param score with the model that it answers most with: 0 to 2, an average good host has about 1
 * @param newcomer whether little is known of it yet
 * @param excluded whether it serves nobody now, for a lie
 * @param at the moment that the score is of
 * @param lately what moved it most in the last days; what pulled it down before what lifted it
 */
public record Standing(double score, boolean newcomer, boolean excluded, Instant at, Optional<Move> lately) {

    /** Nothing for a host that has not answered yet. */
    public static Optional<Standing> of(ReputationReport report) {
        return report.models().stream()
                .max(Comparator.comparingLong(model -> model.history().answers()))
                .map(model -> new Standing(
                        model.score().value(),
                        model.score().newcomer(),
                        report.excludedUntilMillis() > report.computedAtMillis(),
                        Instant.ofEpochMilli(report.computedAtMillis()),
                        LatelyMoved.of(report).stream().findFirst()));
    }
}
