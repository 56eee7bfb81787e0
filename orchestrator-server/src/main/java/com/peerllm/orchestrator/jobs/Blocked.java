package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was found to have no host in one look through a queue, so that the router is not asked again for the next one who wants the
 * same or a longer context.
 */
final class Blocked {
    /** Different demands that are tried in one look. */
    private static final int MOST_TRIES = 16;

    private final Map<Demand, Integer> leastContext = new HashMap<>();
    private int tries;

    private record Demand(Set<ModelFeature> features, Set<HostId> tried, HostWishes wishes) {
        static Demand of(RouteRequest wanted) {
            return new Demand(wanted.features(), wanted.tried(), wanted.wishes());
        }
    }

    boolean covers(RouteRequest wanted) {
        Integer blocked = leastContext.get(Demand.of(wanted));
        return blocked != null && wanted.minimumContext() >= blocked;
    }

    boolean mayTry() {
        return tries < MOST_TRIES;
    }

    void add(RouteRequest wanted) {
        tries++;
        leastContext.merge(Demand.of(wanted), wanted.minimumContext(), Math::min);
    }
}
