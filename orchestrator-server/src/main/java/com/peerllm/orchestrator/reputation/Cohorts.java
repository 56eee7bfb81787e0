package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.CohortPace;
import java.util.HashMap;
import java.util.Map;

/** The cohort of each model that has one. */
final class Cohorts {
    private final Map<ModelDigest, Cohort> cohorts = new HashMap<>();

    CohortPace pace(ModelDigest model) {
        Cohort cohort = cohorts.get(model);
        return cohort == null ? CohortPace.UNKNOWN : cohort.pace();
    }

    void move(ModelDigest model, Cohort.Place from, Cohort.Place to) {
        if (from.equals(to)) return;
        Cohort cohort = cohorts.computeIfAbsent(model, first -> new Cohort());
        cohort.move(from, to);
        if (cohort.isEmpty()) cohorts.remove(model);
    }
}
