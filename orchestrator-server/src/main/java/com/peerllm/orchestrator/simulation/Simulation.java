package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.reputation.EvidenceSink;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.reputation.HostStanding;
import com.peerllm.orchestrator.reputation.Standings;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.HostHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a network in virtual time: hosts come, go, crash and lie; requests arrive and are answered. The same settings give the
 * same figures. Belongs to one thread.
 */
public final class Simulation {
    private static final long TICK_MILLIS = 60_000;
    private static final double AWAY_AFTER_A_CRASH_MILLIS = 15 * 60_000;
    private static final long WHITEWASH_MILLIS = 2 * SimulationSettings.HOUR;
    private static final long FIRST_WAVE_MILLIS = SimulationSettings.DAY;
    private static final long WAVE_EVERY_MILLIS = 2 * SimulationSettings.DAY;
    private static final long WAVE_MILLIS = 12 * SimulationSettings.HOUR;

    private final SimulationSettings settings;
    private final Agenda agenda = new Agenda(SimulationSettings.START_MILLIS);
    private final Standings standings = new Standings(agenda, EvidenceSink.NONE);
    private final Population population;
    private final List<SimulatedHost> hosts;
    private final Policy policy;
    private final Work work;
    private final List<ModelDigest> models = new ArrayList<>();

    public Simulation(SimulationSettings settings) {
        this.settings = settings;
        this.population = new Population(settings, agenda);
        this.hosts = population.create();
        SplittableRandom random = new SplittableRandom(settings.seed() + 1);
        this.policy = settings.policy().create(settings.models(), random.split());
        for (int i = 0; i < settings.models(); i++) models.add(new ModelDigest(String.format("%064x", i + 1)));
        this.work = new Work(settings, agenda, policy, hosts, random, this::foundOut);
    }

    public SimulationFigures run() {
        hosts.forEach(this::plan);
        work.start();
        agenda.in(TICK_MILLIS, this::tick);
        agenda.runUntil(settings.endMillis());
        return work.figures();
    }

    private void tick() {
        standings.tick();
        work.tick();
        agenda.in(TICK_MILLIS, this::tick);
    }

    private void plan(SimulatedHost host) {
        if (host.kind == Kind.SYBIL) {
            agenda.in(FIRST_WAVE_MILLIS, () -> waveBegins(host));
        } else if (host.late) {
            agenda.at(settings.lateMillis(), () -> comeOnline(host, Long.MAX_VALUE));
        } else if (host.machine.isAlwaysOn()) {
            agenda.in(host.random.nextInt(600_000), () -> comeOnline(host, Long.MAX_VALUE));
        } else {
            agenda.in(host.machine.onHour() * SimulationSettings.HOUR, () -> dayBegins(host));
        }
    }

    private void dayBegins(SimulatedHost host) {
        agenda.in(SimulationSettings.DAY, () -> dayBegins(host));
        double hours = host.machine.hoursOn() * host.random.nextDouble(0.8, 1.2);
        long until = agenda.millis() + (long) (hours * SimulationSettings.HOUR);
        agenda.in(host.random.nextInt(1_800_000), () -> comeOnline(host, until));
    }

    private void waveBegins(SimulatedHost host) {
        agenda.in(WAVE_EVERY_MILLIS, () -> waveBegins(host));
        host.isKnownAs(population.newIdentity());
        long until = agenda.millis() + WAVE_MILLIS;
        agenda.in(host.random.nextInt(3_600_000), () -> comeOnline(host, until));
    }

    private void comeOnline(SimulatedHost host, long untilMillis) {
        if (host.online || agenda.millis() >= untilMillis) return;
        HostStanding standing = standings.joined(host.host(), HostHistory.UNKNOWN);
        host.joined(standing, standing.model(models.get(host.model)));
        policy.joined(host);
        int connection = host.connection;
        double crash =
                -host.kind.hoursBetweenCrashes * SimulationSettings.HOUR * Math.log(1 - host.random.nextDouble());
        agenda.in(crash, () -> {
            if (host.connection == connection) crash(host, untilMillis);
        });
        if (untilMillis == Long.MAX_VALUE) return;
        agenda.at(untilMillis, () -> {
            if (host.connection == connection) leave(host);
        });
    }

    /** It says goodbye; what it worked on goes on elsewhere. */
    private void leave(SimulatedHost host) {
        host.hostStanding().draining();
        List<SimulatedJob> jobs = work.takeFrom(host);
        goOffline(host);
        jobs.forEach(work::moveOn);
    }

    private void crash(SimulatedHost host, long untilMillis) {
        List<SimulatedJob> jobs = work.takeFrom(host);
        goOffline(host);
        jobs.forEach(job -> host.standing().faulted(Fault.CONNECTION_LOST));
        jobs.forEach(work::failed);
        double away = -AWAY_AFTER_A_CRASH_MILLIS * Math.log(1 - host.random.nextDouble());
        agenda.in(away, () -> comeOnline(host, untilMillis));
    }

    private void goOffline(SimulatedHost host) {
        policy.left(host);
        host.left();
        standings.left(host.hostStanding());
    }

    /** It serves nobody for a while; who has another identity at hand takes that. */
    private void foundOut(SimulatedHost host) {
        if (host.kind != Kind.SYBIL || !host.online) return;
        leave(host);
        long sinceWave = (agenda.millis() - SimulationSettings.START_MILLIS - FIRST_WAVE_MILLIS) % WAVE_EVERY_MILLIS;
        long until = agenda.millis() - sinceWave + WAVE_MILLIS;
        agenda.in(WHITEWASH_MILLIS, () -> {
            if (host.online) return;
            host.isKnownAs(population.newIdentity());
            comeOnline(host, until);
        });
    }
}
