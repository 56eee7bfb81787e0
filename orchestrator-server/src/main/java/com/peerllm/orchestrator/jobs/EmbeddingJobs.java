package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.ModelFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** All running requests for embeddings: admits them, brings them the hosts' messages, has them paid. Lives on the event loop. */
public final class EmbeddingJobs {
    private final HostRegistry registry;
    private final Router router;
    private final Holds holds;
    private final Payments payments;
    private final JobLimits limits;
    private final LongSupplier nanoTime;
    private final Set<EmbeddingJob> running = new HashSet<>();
    private final Streams<EmbeddingJob> streams = new Streams<>();

    EmbeddingJobs(
            HostRegistry registry,
            Router router,
            Holds holds,
            Payments payments,
            JobLimits limits,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.router = router;
        this.holds = holds;
        this.payments = payments;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * Sets the money aside and sends the job to a host.
     *
     * @return the running job, or empty when the answer was failed at once
     */
    public Optional<EmbeddingJob> start(EmbeddingOrder order, EmbeddingAnswer answer) {
        List<ServedModel> able = serving(order.model().digest()).stream()
                .filter(served -> served.offers(ModelFeature.EMBEDDINGS))
                .toList();
        int context = able.stream().mapToInt(ServedModel::contextLength).max().orElse(0);
        Optional<ApiError> refusal = refusal(order, able, context);
        if (refusal.isEmpty() && holds.hold(order, order.size().atMost(context)) instanceof Holds.Outcome.Refused no)
            refusal = Optional.of(no.error());
        if (refusal.isPresent()) {
            answer.fail(refusal.get());
            return Optional.empty();
        }
        EmbeddingJob job = new EmbeddingJob(this, order, answer);
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
        for (EmbeddingJob job : List.copyOf(running)) job.checkDeadlines(limits);
    }

    void stopAll() {
        for (EmbeddingJob job : List.copyOf(running)) job.stop();
    }

    /** Brings a host's message to its job; one about a job that is over is of no interest. */
    void tell(HostConnection host, long stream, Consumer<EmbeddingJob> message) {
        streams.find(host, stream).ifPresent(message);
    }

    void hostLost(HostConnection host) {
        for (EmbeddingJob job : streams.of(host)) job.hostLost();
        streams.removeAll(host);
    }

    // What jobs need.

    Router router() {
        return router;
    }

    JobLimits limits() {
        return limits;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    List<ServedModel> serving(ModelDigest digest) {
        return registry.serving(digest);
    }

    void register(EmbeddingJob job, HostConnection host, long stream) {
        streams.add(host, stream, job);
    }

    void unregister(HostConnection host, long stream) {
        streams.remove(host, stream);
    }

    /** Has a job that is over paid. */
    void ended(EmbeddingJob job, List<PaidSegment> segments) {
        running.remove(job);
        payments.pay(job.order(), segments);
    }
}
