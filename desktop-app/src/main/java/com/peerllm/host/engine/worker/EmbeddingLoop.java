package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.wire.EmbeddingVector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;

/**
 * The loop that turns texts into vectors: each step computes whole texts, taken in turn from all jobs that wait, so that a job of
 * thousands does not keep one of a single text waiting.
 */
final class EmbeddingLoop {
    private final EmbeddingContext context;
    private final TokenBatch batch;
    private final Outbox outbox;
    private final BlockingQueue<EmbeddingJob> arrivals;
    private final ArrayDeque<EmbeddingJob> open = new ArrayDeque<>();
    /** Whose text is which sequence of the step. */
    private final List<EmbeddingJob> placed = new ArrayList<>();

    EmbeddingLoop(EmbeddingContext context, TokenBatch batch, Outbox outbox, BlockingQueue<EmbeddingJob> arrivals) {
        this.context = context;
        this.batch = batch;
        this.outbox = outbox;
        this.arrivals = arrivals;
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            if (open.isEmpty()) begin(arrivals.take());
            for (Optional<EmbeddingJob> next = arrival(); next.isPresent(); next = arrival()) begin(next.get());
            endCancelled();
            fill();
            if (batch.size() > 0) compute();
            outbox.flush();
        }
    }

    private Optional<EmbeddingJob> arrival() {
        return Optional.ofNullable(arrivals.poll());
    }

    private void begin(EmbeddingJob job) throws IOException {
        open.add(job);
        if (!job.cancelled()) outbox.embeddingStarted(job.id(), job.tokensPerInput());
    }

    private void endCancelled() throws IOException {
        for (Iterator<EmbeddingJob> jobs = open.iterator(); jobs.hasNext(); ) {
            EmbeddingJob job = jobs.next();
            if (!job.cancelled()) continue;
            jobs.remove();
            outbox.finished(job.id(), new Finish(Finish.Reason.CANCELLED, 0));
        }
    }

    /** One text of each job in turn, as long as there is one that fits; another job is the first in the next step. */
    private void fill() {
        batch.clear();
        placed.clear();
        boolean added = true;
        while (added) {
            added = false;
            for (EmbeddingJob job : open) added |= place(job);
        }
        if (open.size() > 1) open.add(open.remove());
    }

    private boolean place(EmbeddingJob job) {
        if (!job.hasMore()) return false;
        int[] text = job.next();
        boolean fits = batch.size() + text.length <= EmbeddingContext.USUAL_TOKENS_PER_STEP
                && placed.size() < EmbeddingContext.MOST_TEXTS_PER_STEP;
        if (batch.size() > 0 && !fits) return false;
        for (int i = 0; i < text.length; i++) batch.add(text[i], i, placed.size(), true);
        placed.add(job);
        job.placeNext();
        return true;
    }

    private void compute() throws IOException {
        int result = context.compute(batch);
        if (result == 0) {
            deliver();
        } else {
            EngineFailure failure = new EngineFailure(
                    EngineErrorCode.COMPUTE_FAILED,
                    "llama.cpp could not compute a step (code " + result + "). Try again.");
            for (EmbeddingJob job : Set.copyOf(placed)) end(job, failure);
        }
    }

    private void deliver() throws IOException {
        Set<EmbeddingJob> broken = new HashSet<>();
        for (int sequence = 0; sequence < placed.size(); sequence++) {
            EmbeddingJob job = placed.get(sequence);
            Optional<EmbeddingVector> vector = Normalized.of(context.vector(sequence));
            if (vector.isEmpty()) {
                broken.add(job);
            } else if (!broken.contains(job)) {
                outbox.embedded(job.id(), vector.get());
                job.computedOne();
                if (job.complete()) finish(job);
            }
        }
        for (EmbeddingJob job : broken)
            end(job, new EngineFailure(EngineErrorCode.COMPUTE_FAILED, "The model computed no numbers for a text."));
    }

    private void finish(EmbeddingJob job) throws IOException {
        open.remove(job);
        outbox.finished(job.id(), new Finish(Finish.Reason.STOP, 0));
    }

    private void end(EmbeddingJob job, EngineFailure failure) throws IOException {
        open.remove(job);
        outbox.failed(job.id(), failure);
    }
}
