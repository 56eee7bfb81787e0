package com.peerllm.orchestrator.simulation;

import com.peerllm.shared.identity.HostId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Makes the hosts of a simulation: so many of each kind, on machines of all sorts, spread over the models. */
final class Population {
    /** Of the honest hosts: equal machines that are always on. */
    private static final double EQUALS = 0.1;

    /** Of all hosts: those that join late. */
    private static final double LATE = 0.01;

    private final SimulationSettings settings;
    private final InstantSource clock;
    private final SplittableRandom random;
    private int identities;

    Population(SimulationSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.random = new SplittableRandom(settings.seed());
    }

    List<SimulatedHost> create() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < Math.round(kind.share * settings.hosts()); i++) kinds.add(kind);
        }
        Collections.shuffle(kinds, new Random(random.nextLong()));
        List<SimulatedHost> hosts = new ArrayList<>();
        for (Kind kind : kinds) {
            boolean equal = kind == Kind.HONEST && random.nextDouble() < EQUALS;
            hosts.add(host(hosts.size(), kind, equal ? Machine.MIDDLE : Machine.of(random), false));
        }
        for (int i = 0; i < Math.max(10, LATE * settings.hosts()); i++) {
            hosts.add(host(hosts.size(), Kind.HONEST, Machine.MIDDLE, true));
        }
        return hosts;
    }

    private SimulatedHost host(int number, Kind kind, Machine machine, boolean late) {
        return new SimulatedHost(
                newIdentity(), kind, machine, number % settings.models(), late, random.nextLong(), clock);
    }

    HostId newIdentity() {
        return new HostId("host_" + String.format("%032x", identities++));
    }
}
