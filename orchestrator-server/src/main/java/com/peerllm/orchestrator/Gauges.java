package com.peerllm.orchestrator;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerHealth;
import com.peerllm.orchestrator.telemetry.Telemetry;
import com.peerllm.orchestrator.transparency.LogPublisher;
import java.util.Locale;
import java.util.Map;

/** What the metrics tell of this moment: hosts by state, slots, open jobs, the ledger. Read on the event loop. */
final class Gauges {
    /** Each connected host is in one state. */
    private enum HostState {
        /** Takes jobs. */
        READY,
        /** Every slot of every model is taken. */
        FULL,
        /** Failed several times just now and is left alone for a while, with all of its models. */
        BROKEN,
        /** Is leaving. */
        DRAINING
    }

    private Gauges() {}

    static void register(Telemetry telemetry, HostRegistry registry, Jobs jobs, Ledger ledger, LogPublisher log) {
        for (HostState state : HostState.values()) {
            telemetry.gauge(
                    "peerllm.hosts",
                    "Connected hosts by state.",
                    Map.of("state", state.name().toLowerCase(Locale.ROOT)),
                    () -> registry.hosts().stream()
                            .filter(host -> of(host) == state)
                            .count());
        }
        telemetry.gauge(
                "peerllm.models",
                "Models that at least one host serves.",
                () -> registry.servedModels().size());
        telemetry.gauge(
                "peerllm.slots",
                "Slots of all hosts by state.",
                Map.of("state", "used"),
                () -> registry.hosts().stream()
                        .flatMap(host -> host.models().stream())
                        .mapToInt(ServedModel::runningJobs)
                        .sum());
        telemetry.gauge(
                "peerllm.slots",
                "Slots of all hosts by state.",
                Map.of("state", "free"),
                () -> registry.hosts().stream()
                        .flatMap(host -> host.models().stream())
                        .mapToInt(model -> Math.max(0, model.freeSlots()))
                        .sum());
        telemetry.gauge("peerllm.queue.length", "Requests that wait for a slot.", jobs::waiting);
        telemetry.gauge("peerllm.jobs.open", "Jobs that are not over, or not paid yet.", jobs::open);
        telemetry.gauge(
                "peerllm.ledger.available",
                "1 while payments can be recorded.",
                () -> ledger.health() instanceof LedgerHealth.Available ? 1 : 0);
        telemetry.gauge(
                "peerllm.ledger.waiting",
                "Operations that are decided and not yet on the disk.",
                () -> ledger.health().waiting());
        telemetry.gauge(
                "peerllm.log.size",
                "Leaves of the published transparency log.",
                () -> log.status().size());
        telemetry.gauge(
                "peerllm.log.behind.seconds",
                "How long the oldest leaf has waited that is not published.",
                () -> log.status().behind().toMillis() / 1e3);
        telemetry.gauge(
                "peerllm.log.stopped",
                "1 when the log is not published any more because it contradicts the tables.",
                () -> log.status().stopped() ? 1 : 0);
    }

    private static HostState of(HostConnection host) {
        if (host.draining()) return HostState.DRAINING;
        if (!host.models().isEmpty() && host.models().stream().allMatch(ServedModel::breakerOpen))
            return HostState.BROKEN;
        return host.models().stream().allMatch(model -> model.freeSlots() <= 0) ? HostState.FULL : HostState.READY;
    }
}
