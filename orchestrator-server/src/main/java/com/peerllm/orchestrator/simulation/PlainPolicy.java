package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.routing.RouteRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Policies that look at the load alone and know no reputation; what ours is compared with. */
final class PlainPolicy implements Policy {
    private final List<List<SimulatedHost>> online = new ArrayList<>();
    private final Map<SimulatedHost, Integer> positions = new HashMap<>();
    private final Rule rule;

    /** Which of the hosts, all of them online. */
    sealed interface Rule {
        Optional<SimulatedHost> choose(List<SimulatedHost> hosts, Predicate<SimulatedHost> can);
    }

    PlainPolicy(int models, Rule rule) {
        this.rule = rule;
        for (int i = 0; i < models; i++) online.add(new ArrayList<>());
    }

    @Override
    public Optional<SimulatedHost> choose(RouteRequest request, int model) {
        return rule.choose(
                online.get(model),
                host -> host.freeSlots() > 0 && !request.tried().contains(host.host()));
    }

    @Override
    public void joined(SimulatedHost host) {
        List<SimulatedHost> hosts = online.get(host.model);
        positions.put(host, hosts.size());
        hosts.add(host);
    }

    @Override
    public void left(SimulatedHost host) {
        List<SimulatedHost> hosts = online.get(host.model);
        int position = positions.remove(host);
        SimulatedHost last = hosts.removeLast();
        if (last == host) return;
        hosts.set(position, last);
        positions.put(last, position);
    }

    @Override
    public void changed(SimulatedHost host) {
        // The load is read from the hosts.
    }

    static final class RoundRobin implements Rule {
        private int turn;

        @Override
        public Optional<SimulatedHost> choose(List<SimulatedHost> hosts, Predicate<SimulatedHost> can) {
            for (int i = 0; i < hosts.size(); i++) {
                turn = (turn + 1) % hosts.size();
                if (can.test(hosts.get(turn))) return Optional.of(hosts.get(turn));
            }
            return Optional.empty();
        }
    }

    static final class LeastLoad implements Rule {
        private int turn;

        @Override
        public Optional<SimulatedHost> choose(List<SimulatedHost> hosts, Predicate<SimulatedHost> can) {
            SimulatedHost least = null;
            for (int i = 0; i < hosts.size(); i++) {
                turn = (turn + 1) % hosts.size();
                SimulatedHost host = hosts.get(turn);
                if (!can.test(host) || (least != null && host.runningJobs() >= least.runningJobs())) continue;
                least = host;
                if (least.runningJobs() == 0) break;
            }
            return Optional.ofNullable(least);
        }
    }

    static final class TwoChoices implements Rule {
        private final SplittableRandom random;
        private final RoundRobin otherwise = new RoundRobin();

        TwoChoices(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public Optional<SimulatedHost> choose(List<SimulatedHost> hosts, Predicate<SimulatedHost> can) {
            if (hosts.isEmpty()) return Optional.empty();
            SimulatedHost one = hosts.get(random.nextInt(hosts.size()));
            SimulatedHost other = hosts.get(random.nextInt(hosts.size()));
            SimulatedHost less = one.runningJobs() <= other.runningJobs() ? one : other;
            return can.test(less) ? Optional.of(less) : otherwise.choose(hosts, can);
        }
    }
}
