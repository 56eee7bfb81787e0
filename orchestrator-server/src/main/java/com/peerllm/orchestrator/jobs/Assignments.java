package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.model.ModelDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which host works on what, so that what a host says finds its way, and what is needed to give a host work. Lives on the event
 * loop.
 */
final class Assignments {
    private final HostRegistry registry;
    private final Router router;
    private final JobLimits limits;
    private final LongSupplier nanoTime;
    private final Map<HostConnection, Map<Long, HostWork>> byHost = new HashMap<>();

    /** @param nanoTime a clock that never goes back */
    Assignments(HostRegistry registry, Router router, JobLimits limits, LongSupplier nanoTime) {
        this.registry = registry;
        this.router = router;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    Router router() {
        return router;
    }

    JobLimits limits() {
        return limits;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The hosts that have the model now. */
    ModelIndex<ServedModel> serving(ModelDigest digest) {
        return registry.serving(digest);
    }

    void add(HostConnection host, long stream, HostWork work) {
        byHost.computeIfAbsent(host, any -> new HashMap<>()).put(stream, work);
    }

    void remove(HostConnection host, long stream) {
        Map<Long, HostWork> streams = byHost.get(host);
        if (streams == null) return;
        streams.remove(stream);
        if (streams.isEmpty()) byHost.remove(host);
    }

    /** Nothing when it is over: the message crossed a cancel on its way. */
    Optional<HostWork> find(HostConnection host, long stream) {
        return Optional.ofNullable(byHost.getOrDefault(host, Map.of()).get(stream));
    }

    /** Tells all that the host worked on; each may end others, which are then no longer on it. */
    void hostLost(HostConnection host) {
        for (HostWork work : List.copyOf(byHost.getOrDefault(host, Map.of()).values()))
            if (work.isOn(host)) work.hostLost();
        byHost.remove(host);
    }
}
