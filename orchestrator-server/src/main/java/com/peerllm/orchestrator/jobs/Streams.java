package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is served by which stream of which host, so that what a host says finds its way. Lives on the event loop. */
final class Streams<T> {
    private final Map<HostConnection, Map<Long, T>> byHost = new HashMap<>();

    void add(HostConnection host, long stream, T served) {
        byHost.computeIfAbsent(host, any -> new HashMap<>()).put(stream, served);
    }

    void remove(HostConnection host, long stream) {
        Map<Long, T> streams = byHost.get(host);
        if (streams == null) return;
        streams.remove(stream);
        if (streams.isEmpty()) byHost.remove(host);
    }

    /** Nothing when it is over: the message crossed a cancel on its way. */
    Optional<T> find(HostConnection host, long stream) {
        return Optional.ofNullable(byHost.getOrDefault(host, Map.of()).get(stream));
    }

    /** All that the host serves now; a copy, because they leave when they hear that it is lost. */
    List<T> of(HostConnection host) {
        return List.copyOf(byHost.getOrDefault(host, Map.of()).values());
    }

    void removeAll(HostConnection host) {
        byHost.remove(host);
    }
}
