package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.evidence.EvidenceKeeper;
import com.peerllm.orchestrator.reputation.HostStanding;
import com.peerllm.orchestrator.reputation.Standings;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.EvidenceRequest;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.Reputation;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the network thinks of a host, for everybody; and the evidence of it, for the host itself. Lives on the event loop;
 * reads the database elsewhere.
 */
final class ReputationApi {
    private static final int PIECES_AT_ONCE = 1_000;

    /** Readings of the database at once: nobody needs a key to ask. */
    private static final int MOST_AT_ONCE = 8;

    private final String orchestrator;
    private final Standings standings;
    private final EvidenceKeeper evidence;
    private final InstantSource clock;
    private final OpenReads reads;

    ReputationApi(
            String orchestrator,
            Standings standings,
            EvidenceKeeper evidence,
            InstantSource clock,
            Executor loop,
            Executor blocking) {
        this.orchestrator = orchestrator;
        this.standings = standings;
        this.evidence = evidence;
        this.clock = clock;
        this.reads = new OpenReads(MOST_AT_ONCE, loop, blocking);
    }

    void reputation(Exchange exchange, String id) {
        host(id).ifPresentOrElse(host -> reputation(exchange, host), () -> notKnown(exchange));
    }

    void evidence(Exchange exchange, String id) {
        host(id).ifPresentOrElse(host -> evidence(exchange, host), () -> notKnown(exchange));
    }

    private static Optional<HostId> host(String id) {
        try {
            return Optional.of(new HostId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void notKnown(Exchange exchange) {
        exchange.error(ApiError.of(
                404,
                "invalid_request_error",
                "not_found",
                "No such host is known. Ask for /hosts/HOST_ID/reputation or /hosts/HOST_ID/evidence."));
    }

    private void reputation(Exchange exchange, HostId host) {
        Optional<HostHistory> live = standings.find(host).map(HostStanding::history);
        reads.read(exchange, () -> {
            HostHistory history = live.orElseGet(() -> evidence.history(host));
            List<DayCount> counts = evidence.counts(host);
            return () -> {
                if (history.equals(HostHistory.UNKNOWN) && live.isEmpty()) notKnown(exchange);
                else exchange.json(200, report(host, history, counts));
            };
        });
    }

    private ReputationReport report(HostId host, HostHistory history, List<DayCount> counts) {
        long now = clock.millis();
        long excludedUntil = history.excludedUntilMillis();
        List<ReputationReport.OfModel> models = history.models().entrySet().stream()
                .map(each -> {
                    CohortPace cohort = standings.pace(each.getKey());
                    return new ReputationReport.OfModel(
                            each.getKey(),
                            Reputation.score(each.getValue(), history.presence(), excludedUntil, cohort, now),
                            cohort,
                            each.getValue());
                })
                .sorted(Comparator.comparing(each -> each.model().hex()))
                .toList();
        return new ReputationReport(
                orchestrator,
                host,
                Reputation.VERSION,
                now,
                standings.isConnected(host),
                excludedUntil,
                history.presence(),
                models,
                counts);
    }

    private void evidence(Exchange exchange, HostId host) {
        if (!asks(exchange, host)) {
            exchange.error(
                    ApiError.of(
                            401,
                            "authentication_error",
                            "not_this_host",
                            "Only the host itself may read its evidence. `peerllm host reputation --recompute` signs the request."));
            return;
        }
        try {
            String digest = exchange.request.getParam("model", "");
            Optional<ModelDigest> model = digest.isEmpty() ? Optional.empty() : Optional.of(new ModelDigest(digest));
            long after = Long.parseLong(exchange.request.getParam("after", "0"));
            reads.read(exchange, () -> {
                var page = evidence.page(host, model, after, PIECES_AT_ONCE);
                return () -> exchange.json(200, page);
            });
        } catch (IllegalArgumentException e) {
            exchange.error(ApiError.badRequest(
                    "invalid_value", "model", "`model` is a SHA-256 in hex, or absent; `after` is a number."));
        }
    }

    private boolean asks(Exchange exchange, HostId host) {
        String key = exchange.request.getHeader(EvidenceRequest.KEY_HEADER);
        String time = exchange.request.getHeader(EvidenceRequest.TIME_HEADER);
        String signature = exchange.request.getHeader(EvidenceRequest.SIGNATURE_HEADER);
        if (key == null || time == null || signature == null) return false;
        try {
            return new EvidenceRequest(PeerKey.parse(key), Long.parseLong(time), signature)
                    .isOf(host, orchestrator, clock.millis());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
