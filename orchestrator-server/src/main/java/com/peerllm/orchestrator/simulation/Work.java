package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.reputation.Success;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The requests of a simulation: each waits, is given to a host, is answered, fails, goes on elsewhere. */
final class Work {
    private static final Set<ModelFeature> CHAT = Set.of(ModelFeature.CHAT);
    private static final int MOST_TRIES = 4;

    /** Not stretched. */
    private static final double LONGEST_WAIT_MILLIS = 60_000;

    private final Agenda agenda;
    private final Policy policy;
    private final List<SimulatedHost> hosts;
    private final Tally tally;
    private final Consumer<SimulatedHost> foundOut;
    private final double stretch;
    private final List<Demand> demands = new ArrayList<>();
    private final List<Deque<SimulatedJob>> queues = new ArrayList<>();

    /** @param foundOut is told of hosts that lost their reputation just now */
    Work(
            SimulationSettings settings,
            Agenda agenda,
            Policy policy,
            List<SimulatedHost> hosts,
            SplittableRandom random,
            Consumer<SimulatedHost> foundOut) {
        this.agenda = agenda;
        this.policy = policy;
        this.hosts = hosts;
        this.tally = new Tally(settings);
        this.foundOut = foundOut;
        double[] capacity = new double[settings.models()];
        for (SimulatedHost host : hosts) if (!host.kind.isBad()) capacity[host.model] += host.machine.capacity();
        double all = 0;
        for (double each : capacity) all += each;
        double requestsPerMilli = settings.hosts() * settings.requestsPerHostDay() / SimulationSettings.DAY;
        this.stretch = settings.load() * all / 1000 / (requestsPerMilli * Demand.MEAN_ANSWER_TOKENS);
        for (int model = 0; model < capacity.length; model++) {
            queues.add(new ArrayDeque<>());
            double rate = requestsPerMilli * capacity[model] / all;
            demands.add(new Demand(model, rate, stretch, agenda, random.split(), this::arrived));
        }
    }

    void start() {
        demands.forEach(Demand::start);
    }

    SimulationFigures figures() {
        return tally.figures(hosts, stretch);
    }

    /** Time may have brought somebody back. */
    void tick() {
        for (int model = 0; model < queues.size(); model++) serveQueue(model);
    }

    private void arrived(SimulatedJob job) {
        tally.arrived();
        Deque<SimulatedJob> queue = queues.get(job.model);
        if (!queue.isEmpty() || !dispatch(job)) queue.add(job);
    }

    private void serveQueue(int model) {
        Deque<SimulatedJob> queue = queues.get(model);
        while (!queue.isEmpty()) {
            SimulatedJob first = queue.peek();
            if (agenda.millis() - first.arrivedMillis > LONGEST_WAIT_MILLIS * stretch && !first.dispatched) {
                tally.lost(agenda.millis());
            } else if (!dispatch(first)) {
                return;
            }
            queue.poll();
        }
    }

    private boolean dispatch(SimulatedJob job) {
        RouteRequest request = new RouteRequest(
                job.promptTokens,
                (int) job.mostTokens,
                job.promptTokens + 1,
                CHAT,
                job.tried,
                HostWishes.NONE,
                job.conversation);
        Optional<SimulatedHost> host = policy.choose(request, job.model);
        if (host.isEmpty()) return false;
        if (!job.dispatched) tally.waited(agenda.millis(), (agenda.millis() - job.arrivedMillis) / stretch);
        job.dispatched = true;
        send(job, host.get());
        return true;
    }

    private void send(SimulatedJob job, SimulatedHost host) {
        int answers = host.runningJobs() + 1;
        boolean cheats = host.cheats(agenda.millis() - SimulationSettings.START_MILLIS);
        job.firstTokenMillis = host.roundTripMillis() + 1000 * job.promptTokens / host.prefillSpeed(answers);
        job.rate = host.speed(answers, cheats) / 1000;
        job.beganMillis = agenda.millis() + (long) job.firstTokenMillis;
        job.endsAtMillis = job.beganMillis + (long) (job.leftTokens / job.rate);
        boolean newcomer = host.newcomer();
        host.begins(job);
        policy.changed(host);
        int attempt = ++job.attempt;
        boolean fails = job.random.nextDouble() < host.kind.failsAnAnswer;
        double share = fails ? job.random.nextDouble() : 1;
        agenda.in((job.endsAtMillis - agenda.millis()) * share, () -> {
            if (job.attempt != attempt) return;
            if (fails) engineFailed(job, host);
            else finished(job, host, cheats, newcomer);
        });
    }

    private void finished(SimulatedJob job, SimulatedHost host, boolean cheated, boolean newcomer) {
        host.measured(1000 * job.rate);
        host.standing()
                .succeeded(new Success(job.promptTokens, job.answerTokens, job.firstTokenMillis, 1000 * job.rate));
        host.ends(job);
        policy.changed(host);
        Audits.mayCheck(host, cheated, job.random);
        demands.get(job.model).answeredBy(host.host());
        tally.answered(host, job, cheated, newcomer, stretch, agenda.millis());
        if (host.reputation() == 0) {
            host.wasExcluded = true;
            foundOut.accept(host);
        }
        serveQueue(job.model);
    }

    private void engineFailed(SimulatedJob job, SimulatedHost host) {
        take(job, host);
        host.standing().faulted(Fault.ENGINE_FAILED);
        policy.changed(host);
        failed(job);
        serveQueue(job.model);
    }

    /** What a host that goes worked on. */
    List<SimulatedJob> takeFrom(SimulatedHost host) {
        List<SimulatedJob> jobs = List.copyOf(host.jobs);
        jobs.forEach(job -> take(job, host));
        return jobs;
    }

    private void take(SimulatedJob job, SimulatedHost host) {
        host.ends(job);
        job.attempt++;
        double delivered = Math.max(0, agenda.millis() - job.beganMillis) * job.rate;
        job.mostTokens -= Math.min(delivered, job.leftTokens);
        job.leftTokens = Math.max(1, job.leftTokens - delivered);
        job.tried.add(host.host());
    }

    void failed(SimulatedJob job) {
        if (job.tried.size() < MOST_TRIES) moveOn(job);
        else tally.lost(agenda.millis());
    }

    /** It goes on elsewhere, before those that have not begun. */
    void moveOn(SimulatedJob job) {
        if (!dispatch(job)) queues.get(job.model).addFirst(job);
    }
}
