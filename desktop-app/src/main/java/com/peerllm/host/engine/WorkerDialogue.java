package com.peerllm.host.engine;

import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingVector;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one worker from its start to its end and passes on what it says, on the calling thread. Part of the token path: one
 * frame is one call.
 */
final class WorkerDialogue {
    private static final Logger log = LoggerFactory.getLogger(WorkerDialogue.class);

    private final WorkerProcess worker;
    private final OpenJobs jobs;
    private final PendingCalls calls;
    private final Consumer<ModelFacts> onLoaded;
    private final Runnable onAnswered;
    private final Consumer<MeasuredTrial> onMeasured;
    private Optional<EngineFailure> refusal = Optional.empty();

    WorkerDialogue(
            WorkerProcess worker,
            OpenJobs jobs,
            PendingCalls calls,
            Consumer<ModelFacts> onLoaded,
            Runnable onAnswered,
            Consumer<MeasuredTrial> onMeasured) {
        this.worker = worker;
        this.jobs = jobs;
        this.calls = calls;
        this.onLoaded = onLoaded;
        this.onAnswered = onAnswered;
        this.onMeasured = onMeasured;
    }

    /** Returns when the worker has ended; with a reason if it refused to do its work. */
    Optional<EngineFailure> listen() {
        for (Optional<FromWorker> message = worker.next(); message.isPresent(); message = worker.next())
            receive(message.get());
        return refusal;
    }

    private void receive(FromWorker message) {
        switch (message) {
            case FromWorker.Tokens(long job, int[] ids, AnswerChunk chunk) ->
                tell(job, GenerationListener.class, listener -> listener.tokens(ids, chunk));
            case FromWorker.Started(long job, int prompt, int cached) ->
                tell(job, GenerationListener.class, listener -> listener.started(prompt, cached));
            case FromWorker.EmbeddingStarted(long job, List<Integer> tokensPerInput) ->
                tell(job, EmbeddingListener.class, listener -> listener.started(tokensPerInput));
            case FromWorker.Embedded(long job, EmbeddingVector vector) ->
                tell(job, EmbeddingListener.class, listener -> listener.vector(vector));
            case FromWorker.Finished(long job, Finish finish) -> {
                if (finish.reason() != Finish.Reason.CANCELLED) onAnswered.run();
                tellLast(job, listener -> listener.finished(finish));
            }
            case FromWorker.JobFailed(long job, EngineFailure failure) ->
                tellLast(job, listener -> listener.failed(failure));
            case FromWorker.Tokenized tokenized -> calls.answer(tokenized.call(), tokenized);
            case FromWorker.Detokenized detokenized -> calls.answer(detokenized.call(), detokenized);
            case FromWorker.Audited audited -> calls.answer(audited.call(), audited);
            case FromWorker.CallFailed(long call, EngineFailure failure) -> calls.fail(call, failure);
            case FromWorker.Loaded(ModelFacts facts) -> onLoaded.accept(facts);
            case FromWorker.Refused(EngineFailure failure) -> refusal = Optional.of(failure);
            case FromWorker.Measured(MeasuredTrial trial) -> onMeasured.accept(trial);
            case FromWorker.Alive(long steps) -> worker.pulse().computed(steps);
            case FromWorker.Devices devices -> log.warn("Worker {} told its devices unasked", worker.pid());
        }
    }

    private <L extends JobListener> void tell(long job, Class<L> kind, Consumer<L> event) {
        jobs.find(job).ifPresent(listener -> {
            if (heard(kind.cast(listener), event)) return;
            jobs.mute(job);
            worker.send(new ToWorker.Cancel(job));
        });
    }

    private void tellLast(long job, Consumer<JobListener> event) {
        jobs.close(job).ifPresent(listener -> heard(listener, event));
    }

    /** A listener that throws loses its answer and disturbs no other; its message may quote the answer and is not logged. */
    static <L extends JobListener> boolean heard(L listener, Consumer<L> event) {
        try {
            event.accept(listener);
            return true;
        } catch (RuntimeException e) {
            log.error("A listener of an answer failed with {}", e.getClass().getName());
            return false;
        }
    }
}
