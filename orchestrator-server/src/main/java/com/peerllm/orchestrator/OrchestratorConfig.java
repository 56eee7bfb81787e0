package com.peerllm.orchestrator;

import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.api.HttpDoor;
import com.peerllm.orchestrator.audit.AuditRule;
import com.peerllm.orchestrator.hosts.HubLimits;
import com.peerllm.orchestrator.jobs.JobLimits;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.transparency.LogSettings;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything an orchestrator can be told at its start.
 *
 * @param data folder of its key and, unless another is named, its database
 * @param name what hosts sign in their handshake and receipts carry
 * @param price of models that are in no catalogue, and of those listed without another
 * @param limits of keys that have none of their own
 * @param grace how long running answers may go on after a stop was asked for
 * @param metrics where Prometheus may read the metrics; empty for nowhere
 * @param log how the transparency log is published
 * @param payouts who is paid out how much, and when
 */
public record OrchestratorConfig(
        Path data,
        DatabaseAddress database,
        String name,
        HttpDoor.Address address,
        TokenPrice price,
        RevenueSplit split,
        JobLimits jobs,
        AuditRule audits,
        HubLimits hub,
        RateLimits.Defaults limits,
        Duration grace,
        Optional<HttpDoor.Address> metrics,
        LogSettings log,
        PayoutRules payouts) {
    /** What a million prompt and a million completion tokens cost unless another price is set. */
    public static final TokenPrice DEFAULT_PRICE =
            new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));
}
