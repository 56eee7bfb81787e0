package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.routing.RouteRequest;
import java.util.Optional;

/** How hosts are chosen: ours, or one of those it is compared with. */
interface Policy {
    Optional<SimulatedHost> choose(RouteRequest request, int model);

    void joined(SimulatedHost host);

    void left(SimulatedHost host);

    /** Its load is another one. */
    void changed(SimulatedHost host);
}
