package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.routing.Place;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.orchestrator.routing.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The router of the server, with an index for each model. */
final class OurPolicy implements Policy {
    private final Router router;
    private final List<ModelIndex<SimulatedHost>> indices = new ArrayList<>();
    private final Map<SimulatedHost, Place<SimulatedHost>> places = new HashMap<>();

    OurPolicy(int models, SplittableRandom random) {
        router = new Router(random);
        for (int i = 0; i < models; i++) indices.add(new ModelIndex<>());
    }

    @Override
    public Optional<SimulatedHost> choose(RouteRequest request, int model) {
        return router.choose(request, indices.get(model)) instanceof Decision.Chosen<SimulatedHost> chosen
                ? Optional.of(chosen.candidate())
                : Optional.empty();
    }

    @Override
    public void joined(SimulatedHost host) {
        Place<SimulatedHost> place = indices.get(host.model).join(host);
        places.put(host, place);
        host.standing().onChange(place::changed);
    }

    @Override
    public void left(SimulatedHost host) {
        host.standing().onChange(() -> {});
        places.remove(host).leave();
    }

    @Override
    public void changed(SimulatedHost host) {
        Place<SimulatedHost> place = places.get(host);
        if (place != null) place.changed();
    }
}
