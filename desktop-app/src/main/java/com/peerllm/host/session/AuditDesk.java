package com.peerllm.host.session;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.EngineException;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.ModelFeature;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The audits of one connection: each is answered with one word, and few are taken at once. They take no slot. */
final class AuditDesk {
    /** Reading an answer again takes milliseconds; more than this would keep prompts waiting. */
    static final int MOST_AT_ONCE = 16;

    private final Outbox out;
    private final Supplier<List<ServedModel>> served;
    private final AtomicInteger running = new AtomicInteger();

    AuditDesk(Outbox out, Supplier<List<ServedModel>> served) {
        this.out = out;
        this.served = served;
    }

    /** Reads the part again, or says why not. */
    void offer(AuditOffer offer) {
        Optional<ServedModel> model = served.get().stream()
                .filter(each -> each.announced().digest().equals(offer.model()))
                .filter(each -> each.announced().offers(ModelFeature.AUDIT))
                .findFirst();
        if (model.isEmpty()) {
            refuse(offer, JobFailure.MODEL_NOT_LOADED, "This host does not serve this model now.");
        } else if (running.incrementAndGet() > MOST_AT_ONCE) {
            running.decrementAndGet();
            refuse(offer, JobFailure.BUSY, "This host checks as many answers as it can.");
        } else {
            begin(offer, model.get());
        }
    }

    private void begin(AuditOffer offer, ServedModel model) {
        AuditRequest request = JobRequests.of(offer);
        model.audits().audit(request).whenComplete((finding, failure) -> {
            running.decrementAndGet();
            if (failure == null) {
                found(offer, finding);
            } else {
                refuse(offer, code(failure), "This host could not check the answer.");
            }
        });
    }

    private void found(AuditOffer offer, AuditFinding finding) {
        out.say(new FromHost.AuditDone(offer.stream(), finding.promptTokens(), finding.possible(), finding.said()));
    }

    private void refuse(AuditOffer offer, JobFailure code, String sentence) {
        out.say(new FromHost.JobFailed(offer.stream(), code, sentence));
    }

    private static JobFailure code(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof EngineException engine
                ? JobFailures.of(engine.failure().code())
                : JobFailure.INTERNAL;
    }
}
