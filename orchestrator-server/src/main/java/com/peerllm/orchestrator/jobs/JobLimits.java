package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.admission.QueueLimits;
import java.time.Duration;

/**
 * How long a job may wait and how often it may move.
 *
 * @param interactive for streamed answers, which somebody watches
 * @param batch for answers in one piece, and embeddings
 * @param movesBeforeFirstToken other hosts tried when one fails before its first token
 * @param continuations other hosts that go on with an answer when one is lost in the middle of it
 * @param queue how many requests may wait
 * @param hedging when a second host starts beside a slow one
 */
public record JobLimits(
        Patience interactive,
        Patience batch,
        int movesBeforeFirstToken,
        int continuations,
        QueueLimits queue,
        Hedging hedging) {
    private static final Duration QUEUE = Duration.ofSeconds(60);

    public static final JobLimits STANDARD = new JobLimits(
            new Patience(QUEUE, Duration.ofSeconds(20), Duration.ofSeconds(20)),
            new Patience(QUEUE, Duration.ofSeconds(30), Duration.ofSeconds(30)),
            2,
            3,
            QueueLimits.STANDARD,
            Hedging.OFF);

    /** The same patience for all requests, and the usual queue. */
    public JobLimits(Duration firstToken, Duration stall, int movesBeforeFirstToken, int continuations) {
        this(
                new Patience(QUEUE, firstToken, stall),
                new Patience(QUEUE, firstToken, stall),
                movesBeforeFirstToken,
                continuations,
                QueueLimits.STANDARD,
                Hedging.OFF);
    }

    public JobLimits withQueue(Duration wait) {
        Patience calm = new Patience(wait, interactive.firstToken(), interactive.stall());
        Patience calmer = new Patience(wait, batch.firstToken(), batch.stall());
        return new JobLimits(calm, calmer, movesBeforeFirstToken, continuations, queue, hedging);
    }

    public JobLimits withPlaces(QueueLimits places) {
        return new JobLimits(interactive, batch, movesBeforeFirstToken, continuations, places, hedging);
    }

    public JobLimits withHedging(Hedging hedges) {
        return new JobLimits(interactive, batch, movesBeforeFirstToken, continuations, queue, hedges);
    }
}
