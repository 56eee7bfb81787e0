package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.ReleaseReason;
import com.peerllm.orchestrator.ledger.Settlement;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.wire.FromOrchestrator;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the hosts of ended jobs paid, and brings them their receipts once nothing can undo them. Lives on the event loop. */
final class Payments {
    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    private final HostRegistry registry;
    private final Ledger ledger;
    private final RevenueSplit split;
    private final JobMeter meter;
    private final Executor loop;
    private final Executor blocking;
    private final UndeliveredReceipts undelivered = new UndeliveredReceipts();
    private int settling;

    Payments(
            HostRegistry registry,
            Ledger ledger,
            RevenueSplit split,
            JobMeter meter,
            Executor loop,
            Executor blocking) {
        this.registry = registry;
        this.ledger = ledger;
        this.split = split;
        this.meter = meter;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** Jobs that are over, but not paid yet. */
    int open() {
        return settling;
    }

    void pay(Billable request, List<PaidSegment> segments) {
        if (segments.isEmpty()) {
            ledger.release(request.id(), ReleaseReason.NOTHING_DELIVERED);
            return;
        }
        settling++;
        blocking.execute(() -> ledger.settle(settlement(request, segments))
                .whenComplete((done, failure) -> loop.execute(() -> {
                    settling--;
                    if (failure != null) {
                        log.error("Job {} could not be settled", request.id(), failure);
                    } else {
                        done.receipts().forEach(this::paid);
                    }
                })));
    }

    private void paid(Receipt receipt) {
        meter.charged(receipt.promptTokens(), receipt.completionTokens());
        deliver(receipt);
    }

    private Settlement settlement(Billable request, List<PaidSegment> segments) {
        ModelManifest model = request.model();
        return new Settlement(
                request.id(),
                request.consumer(),
                segments.stream()
                        .map(each -> new Settlement.Segment(
                                each.host().key(),
                                model.id(),
                                model.digest(),
                                each.promptTokens(),
                                each.completionTokens(),
                                each.price(),
                                new RevenueSplit(split.networkBasisPoints(), model.royaltyBasisPoints()),
                                model.creator(),
                                each.deliveryHash(),
                                each.hostSignature().filter(signature -> signed(request, each, signature))))
                        .toList());
    }

    /** A signature that does not fit stays out of the receipt, and counts against the host. */
    private boolean signed(Billable request, PaidSegment segment, String signature) {
        DeliveryStatement statement = new DeliveryStatement(
                request.id(), request.model().digest(), segment.completionTokens(), segment.deliveryHash());
        boolean fits;
        try {
            fits = segment.host()
                    .key()
                    .verifies(statement.message(), Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        if (!fits) {
            log.warn("Host {} signed another delivery of job {} than was relayed", segment.host(), request.id());
            loop.execute(() -> segment.served().faulted(Fault.FALSE_SIGNATURE));
        }
        return fits;
    }

    private void deliver(Receipt receipt) {
        registry.host(receipt.host())
                .ifPresentOrElse(
                        host -> host.send(new FromOrchestrator.ReceiptIssued(receipt)),
                        () -> undelivered.keep(receipt));
    }

    /** A host that was away when it was paid gets its receipts now. */
    void hostJoined(HostConnection host) {
        undelivered.takeFor(host.id()).forEach(this::deliver);
    }
}
