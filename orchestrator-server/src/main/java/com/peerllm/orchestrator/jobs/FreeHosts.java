package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.WaitingLine.Place;
import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.model.ModelDigest;
import java.util.HashMap;
import java.util.Map;

/** Asks the router for a host, and tells what time will heal from what it will not. Lives on the event loop. */
final class FreeHosts {
    private final HostRegistry registry;
    private final Router router;

    FreeHosts(HostRegistry registry, Router router) {
        this.registry = registry;
        this.router = router;
    }

    Decision<ServedModel> choose(RouteRequest wanted, ModelDigest model) {
        return router.choose(wanted, registry.serving(model));
    }

    /** Answers that all hosts of the model can make at once. */
    int slots(ModelDigest model) {
        ModelIndex<ServedModel> serving = registry.serving(model);
        return Math.clamp(serving.runningJobs() + serving.freeSlots(), 0, Integer.MAX_VALUE);
    }

    /** A slot becomes free, and a host that failed may be asked again; nothing else changes by itself. */
    boolean timeHeals(Map<Rejection, Integer> rejections, ModelDigest model) {
        return rejections.containsKey(Rejection.BREAKER_OPEN)
                || rejections.containsKey(Rejection.NO_FREE_SLOT) && slots(model) > 0;
    }

    /** One look through a queue for the first whom a host can take. */
    final class Look {
        private final ModelDigest model;
        private final Blocked blocked = new Blocked();
        private final Map<Place, Map<Rejection, Integer>> hopeless = new HashMap<>();
        private ServedModel found;

        Look(ModelDigest model) {
            this.model = model;
        }

        /** The host of the last one for whom there was one. */
        ServedModel found() {
            return found;
        }

        /** Those that came without being asked for, and whom no time helps. */
        Map<Place, Map<Rejection, Integer>> hopeless() {
            return hopeless;
        }

        boolean findsHost(Place place) {
            if (place.known && blocked.covers(place.wanted) || !blocked.mayTry()) return false;
            switch (choose(place.waiter.wanted(), model)) {
                case Decision.Chosen<ServedModel> chosen -> {
                    found = chosen.candidate();
                    return true;
                }
                case Decision.NoHost<ServedModel> none -> {
                    blocked.add(place.wanted);
                    if (!place.known && !timeHeals(none.rejections(), model)) hopeless.put(place, none.rejections());
                    place.known = true;
                    return false;
                }
            }
        }
    }
}
