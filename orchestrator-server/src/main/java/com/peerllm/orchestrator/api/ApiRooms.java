package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.orchestrator.evidence.EvidenceKeeper;
import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.RecentPay;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.ledger.ConsumerPseudonyms;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.orchestrator.reputation.Standings;
import com.peerllm.orchestrator.telemetry.RequestMeter;
import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.vouchers.Vouchers;
import com.peerllm.shared.money.RevenueSplit;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Who answers behind the doors: consumers, status, reputation, payouts, the ledger for everybody, administration by the command line
 * and by HTTP.
 */
public record ApiRooms(
        ConsumerApi consumers,
        StatusApi status,
        ReputationApi reputation,
        PayoutsApi payouts,
        ExplorerApi explorer,
        PricesRoute prices,
        LogApi transparency,
        ProofApi proofs,
        AdminApi admin,
        AdminHttp adminHttp,
        RequestLog log) {
    /** Readings at once that need no key: small files, mostly out of memory, and proofs out of a few of them. */
    private static final int TILES_AT_ONCE = 64;

    private static final int PROOFS_AT_ONCE = 16;

    /**
     * @param name of this orchestrator, which hosts sign
     * @param split who gets how much of a payment
     * @param secret of this orchestrator, the same after a restart
     * @param draining true from the moment the orchestrator begins to stop
     */
    public static ApiRooms of(
            ApiKeys keys,
            RateLimits limits,
            ModelCatalogue catalogue,
            HostRegistry registry,
            Standings standings,
            EvidenceKeeper evidence,
            Explorer explorer,
            RecentPay recentPay,
            String name,
            RevenueSplit split,
            Jobs jobs,
            Ledger ledger,
            Payouts payouts,
            Vouchers vouchers,
            ConsumerPseudonyms pseudonyms,
            LogPublisher log,
            Administration administration,
            String adminToken,
            byte[] secret,
            SecureRandom random,
            RequestMeter requests,
            InstantSource clock,
            LongSupplier nanoTime,
            Executor loop,
            Executor blocking,
            BooleanSupplier draining) {
        KeyGate gate = new KeyGate(keys, limits, requests, nanoTime);
        Idempotency idempotency =
                new Idempotency(new IdempotencyKeys(secret, random), new Repeats(nanoTime), ledger, loop, blocking);
        ProofApi proofs = new ProofApi(log, ledger, pseudonyms, new OpenReads(PROOFS_AT_ONCE, loop, blocking));
        ModelDirectory models = new ModelDirectory(catalogue, registry);
        return new ApiRooms(
                new ConsumerApi(
                        gate,
                        models,
                        jobs,
                        ledger,
                        vouchers,
                        idempotency,
                        proofs,
                        clock,
                        nanoTime,
                        loop,
                        blocking,
                        draining),
                new StatusApi(registry, jobs, ledger, clock, draining, log::status),
                new ReputationApi(name, standings, evidence, clock, loop, blocking),
                new PayoutsApi(name, payouts, clock, loop, blocking),
                new ExplorerApi(explorer, recentPay, loop, blocking),
                new PricesRoute(models, split),
                new LogApi(log, new OpenReads(TILES_AT_ONCE, loop, blocking)),
                proofs,
                new AdminApi(administration, adminToken, loop, blocking),
                new AdminHttp(gate, administration, loop, blocking),
                new RequestLog(requests, nanoTime));
    }
}
