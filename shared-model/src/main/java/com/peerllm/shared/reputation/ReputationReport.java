package com.peerllm.shared.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the network thinks of a host, and why: the answer of {@code GET /hosts/HOST/reputation}. It holds every figure of the
 * formula, so anybody can compute the scores anew; the host can also compute the histories, from its evidence.
 *
 * @param orchestrator whose opinion it is
 * @param formulaVersion see {@link Reputation#VERSION}
 * @param computedAtMillis the moment that the scores are of
 * @param excludedUntilMillis until when it serves nobody; 0 or past when it may
 * @param evidence how much evidence there is still, by day
 */
public record ReputationReport(
        String orchestrator,
        HostId host,
        int formulaVersion,
        long computedAtMillis,
        boolean connected,
        long excludedUntilMillis,
        Presence presence,
        List<OfModel> models,
        List<DayCount> evidence) {

    /** The host with one model. */
    public record OfModel(ModelDigest model, Score score, CohortPace cohort, ModelHistory history) {}

    /**
     * Equal pieces of one day (UTC).
     *
     * @param model empty for the host's presence
     * @param name see {@link Evidence#name()}
     */
    public record DayCount(String day, Optional<ModelDigest> model, String name, long count) {}

    /** What the report says that the evidence adds up to. */
    public HostHistory history() {
        return new HostHistory(presence, models.stream().collect(Collectors.toMap(OfModel::model, OfModel::history)));
    }

    /** The score of each model from these histories, at the report's moment and against the report's cohorts. */
    public Map<ModelDigest, Score> scores(HostHistory of) {
        return models.stream()
                .collect(Collectors.toMap(
                        OfModel::model,
                        each -> Reputation.score(
                                of.models().getOrDefault(each.model(), ModelHistory.EMPTY),
                                of.presence(),
                                of.excludedUntilMillis(),
                                each.cohort(),
                                computedAtMillis)));
    }
}
