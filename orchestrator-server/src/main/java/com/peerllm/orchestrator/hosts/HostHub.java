package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.reputation.Standings;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.RefusalCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the WebSocket connections of hosts, lets in those that prove their identity, and drops those that fall silent.
 * Lives on the event loop.
 */
public final class HostHub {
    private static final Logger log = LoggerFactory.getLogger(HostHub.class);

    private static final int SWEEPS_PER_SECOND = 20;

    final String name;
    final PeerIdentity identity;
    final HubLimits limits;
    final InstantSource clock;
    final SecureRandom random;
    final HostRegistry registry;
    final Standings standings;
    final HostGate gate;
    final JobEvents jobs;
    final Executor blocking;

    final Vertx vertx;
    private final Set<HostLink> links = new HashSet<>();

    /** The same links in groups that are swept in turn, so that no sweep of many hosts stops the tokens of others for long. */
    private final List<Set<HostLink>> groups =
            Stream.generate(HashSet<HostLink>::new).limit(SWEEPS_PER_SECOND).collect(Collectors.toUnmodifiableList());

    private int sweeps;
    private boolean draining;
    private long sweepTimer;

    /** @param blocking runs what takes long, off the event loop: a signature is checked for most of a millisecond */
    public HostHub(
            Vertx vertx,
            String name,
            PeerIdentity identity,
            HubLimits limits,
            InstantSource clock,
            SecureRandom random,
            HostRegistry registry,
            Standings standings,
            HostGate gate,
            JobEvents jobs,
            Executor blocking) {
        this.vertx = vertx;
        this.name = name;
        this.identity = identity;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.registry = registry;
        this.standings = standings;
        this.gate = gate;
        this.jobs = jobs;
        this.blocking = blocking;
    }

    public void start() {
        sweepTimer = vertx.setPeriodic(1_000 / SWEEPS_PER_SECOND, tick -> sweep());
    }

    private void sweep() {
        sweeps = (sweeps + 1) % SWEEPS_PER_SECOND;
        List.copyOf(groups.get(sweeps)).forEach(HostLink::sweep);
        if (sweeps == 0) standings.tick();
    }

    /** A WebSocket on {@link Protocol#PATH}. */
    public void connected(ServerWebSocket socket) {
        HostLink link = new HostLink(this, socket);
        links.add(link);
        group(link).add(link);
        if (draining) {
            link.refuse(RefusalCode.FULL, "This orchestrator is stopping. Connect again in a minute.");
        } else if (links.size() > limits.hosts()) {
            link.refuse(RefusalCode.FULL, "This orchestrator has as many hosts as it can hold. Try again later.");
        } else {
            link.open();
        }
    }

    /** Tells every host to go; running jobs may end first. */
    public void drain(String reason) {
        draining = true;
        standings.stopping();
        for (HostConnection host : registry.hosts()) host.send(new FromOrchestrator.Draining(reason, List.of()));
    }

    public void close() {
        vertx.cancelTimer(sweepTimer);
        standings.stop();
        List.copyOf(links).forEach(HostLink::close);
    }

    /** Ends the connection of a host that may no longer serve. */
    public void dismiss(HostId id, String reason) {
        links.stream()
                .filter(link -> link.serves(id))
                .findFirst()
                .ifPresent(link -> link.refuse(RefusalCode.NOT_ADMITTED, reason));
    }

    void closed(HostLink link) {
        links.remove(link);
        group(link).remove(link);
    }

    private Set<HostLink> group(HostLink link) {
        return groups.get(Math.floorMod(System.identityHashCode(link), SWEEPS_PER_SECOND));
    }

    void registered(HostConnection host, HostConnection older) {
        log.info(
                "Host {} connected ({}, {} models)",
                host,
                host.software(),
                host.models().size());
        if (older != null) {
            jobs.hostLost(older);
            links.stream()
                    .filter(link -> link.serves(older))
                    .findFirst()
                    .ifPresent(link -> link.refuse(
                            RefusalCode.REPLACED, "The same host connected again; the newer connection stays."));
        }
        jobs.hostJoined(host);
    }

    void lost(HostConnection host, String why) {
        if (registry.remove(host)) {
            log.info("Host {} left: {}", host, why);
            jobs.hostLost(host);
            standings.left(host.standing());
        }
    }
}
