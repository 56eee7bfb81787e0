package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.shared.model.ModelDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which host works on what, so that what a host says finds its way, and where work gets its host. Lives on the event loop.
 */
final class Assignments {
    private final HostRegistry registry;
    private final WaitingRoom waiting;
    private final JobLimits limits;
    private final JobMeter meter;
    private final LongSupplier nanoTime;
    private final FirstTokens firstTokens;
    private final Map<HostConnection, Map<Long, HostWork>> byHost = new HashMap<>();

    /** @param nanoTime a clock that never goes back */
    Assignments(HostRegistry registry, WaitingRoom waiting, JobLimits limits, JobMeter meter, LongSupplier nanoTime) {
        this.registry = registry;
        this.waiting = waiting;
        this.limits = limits;
        this.meter = meter;
        this.nanoTime = nanoTime;
        this.firstTokens = new FirstTokens(limits.hedging());
    }

    WaitingRoom waiting() {
        return waiting;
    }

    JobLimits limits() {
        return limits;
    }

    FirstTokens firstTokens() {
        return firstTokens;
    }

    JobMeter meter() {
        return meter;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The hosts that have the model now. */
    ModelIndex<ServedModel> serving(ModelDigest digest) {
        return registry.serving(digest);
    }

    void add(Segment segment, HostWork work) {
        byHost.computeIfAbsent(segment.served().connection(), any -> new HashMap<>())
                .put(segment.stream(), work);
    }

    /** The host's part is over, and its slot is free for who waits; safe to call twice. */
    void release(Segment segment) {
        segment.close();
        HostConnection host = segment.served().connection();
        Map<Long, HostWork> streams = byHost.get(host);
        if (streams != null) {
            streams.remove(segment.stream());
            if (streams.isEmpty()) byHost.remove(host);
        }
        waiting.wake(segment.served());
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
