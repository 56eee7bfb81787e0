package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
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
        List<ServedModel> able = able(order);
        int context = context(able);
        Optional<ApiError> refusal = refusal(order, able, context);
        if (refusal.isPresent()) return refused(refusal.get(), answer);
        return switch (holds.hold(order, order.size().atMost(context))) {
            case Holds.Outcome.Held(WorstCase atMost) -> {
                answer.held(atMost.cost());
                yield run(new EmbeddingJob(this, assignments, order, answer));
            }
            case Holds.Outcome.Refused refused -> refused(refused.error(), answer);
        };
    }

    private Optional<EmbeddingJob> refused(ApiError error, EmbeddingAnswer answer) {
        assignments.meter().refused(JobMeter.Kind.EMBEDDINGS, error.code());
        answer.fail(error);
        return Optional.empty();
    }

    private Optional<EmbeddingJob> run(EmbeddingJob job) {
        running.add(job);
        job.dispatch();
        return running.contains(job) ? Optional.of(job) : Optional.empty();
    }

    /**
     * What would be set aside for a request now; nothing is.
     *
     * @throws InvalidRequest when no host could take it
     */
    public WorstCase estimate(EmbeddingOrder order) {
        List<ServedModel> able = able(order);
        int context = context(able);
        refusal(order, able, context).ifPresent(error -> {
            throw new InvalidRequest(error);
        });
        return Holds.worstCase(order, order.size().atMost(context));
    }

    private List<ServedModel> able(EmbeddingOrder order) {
        return assignments.serving(order.model().digest()).stream()
                .filter(served -> served.offers(ModelFeature.EMBEDDINGS))
                .toList();
    }

    private static int context(List<ServedModel> able) {
        return able.stream().mapToInt(ServedModel::contextLength).max().orElse(0);
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
