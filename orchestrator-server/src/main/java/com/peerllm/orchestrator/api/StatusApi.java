package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerHealth;
import com.peerllm.orchestrator.transparency.LogStatus;
import com.peerllm.shared.openai.AnswerForm;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What anyone may see: is the orchestrator well, and which hosts does it have. Lives on the event loop. */
final class StatusApi {
    /** Hosts shown in one answer. */
    private static final int MAX_HOSTS = 1000;

    private final HostRegistry registry;
    private final Jobs jobs;
    private final Ledger ledger;
    private final InstantSource clock;
    private final BooleanSupplier draining;
    private final Supplier<LogStatus> log;

    StatusApi(
            HostRegistry registry,
            Jobs jobs,
            Ledger ledger,
            InstantSource clock,
            BooleanSupplier draining,
            Supplier<LogStatus> log) {
        this.registry = registry;
        this.jobs = jobs;
        this.ledger = ledger;
        this.clock = clock;
        this.draining = draining;
        this.log = log;
    }

    /** 200 while the process works at all; with its time, for hosts that check their clock. */
    void healthz(Exchange exchange) {
        LedgerHealth health = ledger.health();
        exchange.tellTime(clock.instant());
        exchange.json(
                200,
                AnswerForm.fields(
                        "status", "ok",
                        "hosts", registry.hosts().size(),
                        "models", registry.servedModels().size(),
                        "open_jobs", jobs.open(),
                        "waiting", jobs.waiting(),
                        "ledger", health instanceof LedgerHealth.Available ? "ok" : "unavailable",
                        "ledger_waiting", health.waiting()));
    }

    /**
     * 200 while requests are taken; 503 while stopping, while payments cannot be recorded, or when what was recorded contradicts
     * what was published.
     */
    void readyz(Exchange exchange) {
        boolean ledgerOk = ledger.health() instanceof LedgerHealth.Available;
        LogStatus published = log.get();
        boolean ready = ledgerOk && !published.stopped() && !draining.getAsBoolean();
        exchange.json(
                ready ? 200 : 503,
                AnswerForm.fields(
                        "ready",
                        ready,
                        "draining",
                        draining.getAsBoolean(),
                        "ledger",
                        ledgerOk ? "ok" : "unavailable",
                        "log",
                        published.trouble().orElse("ok")));
    }

    void hosts(Exchange exchange) {
        List<Map<String, Object>> list =
                registry.hosts().stream().limit(MAX_HOSTS).map(this::describe).toList();
        exchange.json(
                200,
                AnswerForm.fields("object", "list", "total", registry.hosts().size(), "data", list));
    }

    private Map<String, Object> describe(HostConnection host) {
        return AnswerForm.fields(
                "id", host.id().value(),
                "pseudonym", host.id().pseudonym(),
                "software", host.software(),
                "hardware", host.hardware(),
                "connected_seconds", (clock.millis() - host.connectedAtMillis()) / 1000,
                "last_heard_seconds", (clock.millis() - host.lastHeardMillis()) / 1000,
                "round_trip_milliseconds", Math.round(host.roundTripMillis() * 100) / 100.0,
                "draining", host.draining(),
                "models", host.models().stream().map(StatusApi::describe).toList());
    }

    private static Map<String, Object> describe(ServedModel model) {
        return AnswerForm.fields(
                "name", model.announced().name(),
                "sha256", model.announced().digest().hex(),
                "context_length", model.contextLength(),
                "slots", model.announced().slots(),
                "free_slots", model.freeSlots(),
                "tokens_per_second", Math.round(model.decodeTokensPerSecond() * 10) / 10.0,
                "score", Math.round(model.reputation() * 10_000) / 10_000.0,
                "newcomer", model.newcomer(),
                "price", Prices.of(model.price()));
    }
}
