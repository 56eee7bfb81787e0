package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.telemetry.RequestMeter;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Who answers behind the door: consumers, status, administration. */
public record ApiRooms(ConsumerApi consumers, StatusApi status, AdminApi admin, RequestLog log) {

    /** @param draining true from the moment the orchestrator begins to stop */
    public static ApiRooms of(
            ApiKeys keys,
            ModelCatalogue catalogue,
            HostRegistry registry,
            Jobs jobs,
            Ledger ledger,
            Administration administration,
            String adminToken,
            RequestMeter requests,
            InstantSource clock,
            LongSupplier nanoTime,
            Executor loop,
            Executor blocking,
            BooleanSupplier draining) {
        ModelDirectory models = new ModelDirectory(catalogue, registry);
        return new ApiRooms(
                new ConsumerApi(keys, models, jobs, ledger, requests, clock, loop, blocking, draining),
                new StatusApi(registry, jobs, ledger, clock, draining),
                new AdminApi(administration, adminToken, loop, blocking),
                new RequestLog(requests, nanoTime));
    }
}
