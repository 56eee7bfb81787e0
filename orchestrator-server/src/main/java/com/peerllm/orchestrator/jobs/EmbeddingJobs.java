package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.ModelFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All running requests for embeddings: admits them and has them paid when they end. Lives on the event loop. */
public final class EmbeddingJobs {
    private final Assignments assignments;
    private final Holds holds;
    private final Payments payments;
    private final Set<EmbeddingJob> running = new HashSet<>();

    EmbeddingJobs(Assignments assignments, Holds holds, Payments payments) {
        this.assignments = assignments;
        this.holds = holds;
        this.payments = payments;
    }

    /**
     * Sets the money aside and sends the job to a host.
     *
     * @return the running job, or empty when the answer was failed at once
     */
    public Optional<EmbeddingJob> start(EmbeddingOrder order, EmbeddingAnswer answer) {
        List<ServedModel> able = assignments.serving(order.model().digest()).stream()
                .filter(served -> served.offers(ModelFeature.EMBEDDINGS))
                .toList();
        int context = able.stream().mapToInt(ServedModel::contextLength).max().orElse(0);
        Optional<ApiError> refusal = refusal(order, able, context);
        if (refusal.isEmpty() && holds.hold(order, order.size().atMost(context)) instanceof Holds.Outcome.Refused no)
            refusal = Optional.of(no.error());
        if (refusal.isPresent()) {
            assignments.meter().refused(JobMeter.Kind.EMBEDDINGS, refusal.get().code());
            answer.fail(refusal.get());
            return Optional.empty();
        }
        EmbeddingJob job = new EmbeddingJob(this, assignments, order, answer);
        running.add(job);
        job.dispatch();
        return running.contains(job) ? Optional.of(job) : Optional.empty();
    }

    /** What no host that is here now can do. */
    private static Optional<ApiError> refusal(EmbeddingOrder order, List<ServedModel> able, int context) {
        if (able.isEmpty()) return Optional.empty();
        if (order.size().longestAtLeast() > context)
            return Optional.of(
                    EmbeddingRefusals.longerThanAnyContext(order.model().id(), context));
        int dimensions = able.stream()
                .mapToInt(served -> served.announced().embeddingDimensions().orElse(0))
                .max()
                .orElse(0);
        if (dimensions == 0) return Optional.empty();
        if (order.dimensions().orElse(dimensions) != dimensions)
            return Optional.of(EmbeddingRefusals.otherDimensions(order.model().id(), dimensions));
        int most = EmbeddingJob.MOST_BYTES / (Float.BYTES * dimensions);
        return order.inputs().size() > most
                ? Optional.of(EmbeddingRefusals.tooManyInputs(most, dimensions))
                : Optional.empty();
    }

    int running() {
        return running.size();
    }

    void checkDeadlines() {
        for (EmbeddingJob job : List.copyOf(running)) job.checkDeadlines();
    }

    void stopAll() {
        for (EmbeddingJob job : List.copyOf(running)) job.stop();
    }

    /**
     * Has a job that is over paid.
     *
     * @param outcome how it ended, in a word
     */
    void ended(EmbeddingJob job, String outcome, List<PaidSegment> segments) {
        running.remove(job);
        assignments.meter().ended(JobMeter.Kind.EMBEDDINGS, outcome);
        payments.pay(job.order(), segments);
    }
}
