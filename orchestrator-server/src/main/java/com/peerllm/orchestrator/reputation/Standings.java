package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.HostHistory;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The standing of every connected host, and of those that left last. Lives on the event loop; the simulator uses it with a
 * clock of its own.
 */
public final class Standings {
    /** Hosts that left and may get late evidence, or be back soon; older ones are read from the evidence again. */
    private static final int REMEMBERED_AWAY = 20_000;

    /** Every score is computed anew in so many ticks, though nothing was heard of the host. */
    private static final int TICKS_TO_REFRESH_ALL = 60;

    private final InstantSource clock;
    private final EvidenceSink sink;
    private final long startedAtMillis;
    private final Cohorts cohorts = new Cohorts();
    private final Map<HostId, HostStanding> connected = new HashMap<>();
    private final Map<HostId, HostStanding> away = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HostId, HostStanding> eldest) {
            return size() > REMEMBERED_AWAY;
        }
    };
    private final Deque<HostStanding> refreshNext = new ArrayDeque<>();
    private final Set<ModelStanding> openBreakers = new LinkedHashSet<>();
    private boolean stopping;

    public Standings(InstantSource clock, EvidenceSink sink) {
        this.clock = clock;
        this.sink = sink;
        this.startedAtMillis = clock.millis();
    }

    /**
     * A host connected; a second connection of the same host changes nothing.
     *
     * @param stored what the evidence adds up to; not looked at when the host is in memory, which knows more
     */
    public HostStanding joined(HostId id, HostHistory stored) {
        HostStanding host = connected.get(id);
        if (host == null) {
            HostStanding remembered = away.remove(id);
            host = remembered == null ? new HostStanding(id, stored, this) : remembered;
            connected.put(id, host);
            if (host.mayWaitForRefresh()) refreshNext.add(host);
        }
        host.joined();
        return host;
    }

    /** Its last connection ended. */
    public void left(HostStanding host) {
        if (!connected.remove(host.id(), host)) return;
        away.put(host.id(), host);
        host.left(stopping);
    }

    /** A host that is in memory. */
    public Optional<HostStanding> find(HostId id) {
        HostStanding host = connected.get(id);
        return Optional.ofNullable(host == null ? away.get(id) : host);
    }

    public boolean isConnected(HostId id) {
        return connected.containsKey(id);
    }

    /** From now on hosts leave because the orchestrator stops. */
    public void stopping() {
        stopping = true;
    }

    /** The orchestrator stops now; how long hosts were there until now is noted. */
    public void stop() {
        stopping = true;
        List.copyOf(connected.values()).forEach(this::left);
    }

    /** Once a second: scores fade, exclusions and open breakers end. */
    public void tick() {
        int many = (connected.size() + TICKS_TO_REFRESH_ALL - 1) / TICKS_TO_REFRESH_ALL;
        for (int i = 0; i < many && !refreshNext.isEmpty(); i++) {
            HostStanding host = refreshNext.poll();
            host.refreshIsDue();
            if (connected.get(host.id()) != host) continue;
            host.refreshAndNote();
            if (host.mayWaitForRefresh()) refreshNext.add(host);
        }
        if (!openBreakers.isEmpty()) openBreakers.removeIf(ModelStanding::mayTryAgain);
    }

    void breakerOpened(ModelStanding standing) {
        openBreakers.add(standing);
    }

    /** How fast the hosts of this model are. */
    public CohortPace pace(ModelDigest model) {
        return cohorts.pace(model);
    }

    Cohorts cohorts() {
        return cohorts;
    }

    EvidenceSink sink() {
        return sink;
    }

    long nowMillis() {
        return clock.millis();
    }

    long startedAtMillis() {
        return startedAtMillis;
    }
}
