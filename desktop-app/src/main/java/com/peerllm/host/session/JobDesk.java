package com.peerllm.host.session;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.EmbeddingOffer;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.ModelFeature;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The jobs of one connection: takes offers while there are free slots, and ends all of them with the connection. */
final class JobDesk implements OfferedJob.Ending {
    private final PeerIdentity self;
    private final Outbox out;
    private final Supplier<List<ServedModel>> served;
    private final Payments payments;
    private final Alarms alarms;

    private final Map<Long, OfferedJob> running = new HashMap<>();
    private final Map<ModelDigest, Integer> runningOfModel = new HashMap<>();
    private int saying;
    private boolean closed;
    private boolean draining;

    JobDesk(PeerIdentity self, Outbox out, Supplier<List<ServedModel>> served, Payments payments, Alarms alarms) {
        this.self = self;
        this.out = out;
        this.served = served;
        this.payments = payments;
        this.alarms = alarms;
    }

    /** Begins the job or says why not. */
    void offer(JobOffer offer) {
        OfferedJob job = new OfferedJob(offer.stream(), offer.job(), offer.model(), offer.price(), self, out, this);
        Optional<ServedModel> model = accept(job, offer.price(), needed(offer));
        if (model.isEmpty()) return;
        RunningJob running = new RunningJob(job, offer.delivered().size(), out);
        try {
            GenerationRequest request = JobRequests.of(offer);
            job.begin(() -> model.get().answers().generate(request, running));
        } catch (IllegalArgumentException e) {
            job.fail(JobFailure.BAD_REQUEST, "A parameter of the request is out of range.");
        }
    }

    /** Begins the job or says why not. */
    void offer(EmbeddingOffer offer) {
        OfferedJob job = new OfferedJob(offer.stream(), offer.job(), offer.model(), offer.price(), self, out, this);
        RunningEmbedding running = new RunningEmbedding(job, out, alarms);
        accept(job, offer.price(), ModelFeature.EMBEDDINGS)
                .ifPresent(model -> job.begin(() -> model.embeddings().embed(offer.inputs(), running)));
    }

    private static ModelFeature needed(JobOffer offer) {
        return offer.prompt().isPresent() ? ModelFeature.COMPLETIONS : ModelFeature.CHAT;
    }

    /** The model that works on the job; nothing when it was refused. */
    private Optional<ServedModel> accept(OfferedJob job, Optional<TokenPrice> price, ModelFeature feature) {
        Optional<ServedModel> model = served.get().stream()
                .filter(s -> s.announced().digest().equals(job.trace().model()))
                .filter(s -> s.announced().offers(feature))
                .findFirst();
        Optional<FromHost.JobFailed> refusal = accept(job, price, model);
        refusal.ifPresent(out::say);
        return refusal.isPresent() ? Optional.empty() : model;
    }

    private synchronized Optional<FromHost.JobFailed> accept(
            OfferedJob job, Optional<TokenPrice> price, Optional<ServedModel> model) {
        long stream = job.stream();
        if (closed || draining) {
            return refusal(stream, JobFailure.HOST_PAUSED, "This host takes no new jobs now.");
        }
        if (model.isEmpty()) {
            return refusal(stream, JobFailure.MODEL_NOT_LOADED, "This host does not serve this model now.");
        }
        if (!pays(price, model.get().announced().ask())) {
            return refusal(stream, JobFailure.MODEL_NOT_LOADED, "This host asks more for this model now.");
        }
        ModelDigest digest = job.trace().model();
        int here = runningOfModel.getOrDefault(digest, 0);
        if (here >= model.get().announced().slots()) {
            return refusal(stream, JobFailure.BUSY, "All " + here + " slots of this host are taken.");
        }
        if (running.containsKey(stream)) {
            return refusal(stream, JobFailure.BAD_REQUEST, "A job with this stream number is running already.");
        }
        running.put(stream, job);
        runningOfModel.put(digest, here + 1);
        return Optional.empty();
    }

    /** An older orchestrator names no price and knows of no ask: it pays its own price, as it always did. */
    private static boolean pays(Optional<TokenPrice> price, Optional<TokenPrice> ask) {
        return price.isEmpty() || ask.isEmpty() || ask.get().isAtMost(price.get());
    }

    private static Optional<FromHost.JobFailed> refusal(long stream, JobFailure code, String sentence) {
        return Optional.of(new FromHost.JobFailed(stream, code, sentence));
    }

    /** The orchestrator wants no more of a job; one that has ended already is left alone. */
    void cancel(long stream) {
        OfferedJob job;
        synchronized (this) {
            job = running.get(stream);
        }
        if (job != null) job.fail(JobFailure.CANCELLED, "Cancelled as asked.");
    }

    synchronized int running() {
        return running.size();
    }

    /** From now on every offer is refused. */
    synchronized void drain() {
        draining = true;
    }

    /** Waits until no job runs and the last word of each is on its way, at most {@code patience}. */
    synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!running.isEmpty() || saying > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) return false;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Hands every running job back to the network. */
    void handBack(String sentence) {
        for (OfferedJob job : close()) job.fail(JobFailure.HOST_PAUSED, sentence);
    }

    /** Ends every job without a word: the connection is gone. */
    void abandon() {
        for (OfferedJob job : close()) job.abandon();
    }

    private synchronized List<OfferedJob> close() {
        closed = true;
        return List.copyOf(running.values());
    }

    @Override
    public void ending(OfferedJob job) {
        payments.delivered(job.trace());
        synchronized (this) {
            running.remove(job.stream());
            runningOfModel.merge(job.trace().model(), -1, Integer::sum);
            saying++;
        }
    }

    @Override
    public synchronized void ended(OfferedJob job) {
        saying--;
        notifyAll();
    }
}
