package com.peerllm.host.engine;

import com.peerllm.host.kernel.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a worker, listens to it until it is gone, and starts the next, until it is told to end or starting again makes no sense.
 * All of that happens on the one thread that runs it.
 */
final class Supervisor {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final EngineOptions options;
    private final MemoryCheck memoryCheck;
    private final ThreadFactory threads;
    private final InstantSource clock;
    private final Signal<EngineState> state;
    private final OpenJobs jobs;
    private final PendingCalls calls;
    private final Frames frames = new Frames();
    private final CrashHistory crashes = new CrashHistory();
    private OptionalInt computeThreads = OptionalInt.empty();
    private Optional<WorkerProcess> current = Optional.empty();
    private boolean ending;

    /** How one worker's life ended. */
    private sealed interface Ending {}

    private record Refused(EngineFailure failure) implements Ending {}

    private record Lost(String how) implements Ending {}

    Supervisor(
            EngineOptions options,
            MemoryCheck memoryCheck,
            ThreadFactory threads,
            InstantSource clock,
            Signal<EngineState> state,
            OpenJobs jobs,
            PendingCalls calls) {
        this.options = options;
        this.memoryCheck = memoryCheck;
        this.threads = threads;
        this.clock = clock;
        this.state = state;
        this.jobs = jobs;
        this.calls = calls;
    }

    /** Supervises workers, and gives the state in which that ended: {@code Failed} or {@code Stopped}. */
    EngineState run() {
        for (int attempt = 1; ; attempt++) {
            Ending how = runWorker();
            if (isEnding()) return new EngineState.Stopped();
            switch (how) {
                case Refused(EngineFailure failure) -> {
                    log.warn("The engine gives up: {}", failure.sentence());
                    return new EngineState.Failed(failure.code(), failure.sentence());
                }
                case Lost(String reason) -> {
                    log.warn("The engine worker was lost: {}", reason);
                    if (crashes.crashed(clock.instant())) return quarantined(reason);
                    state.set(new EngineState.Restarting("The engine was lost: " + reason + ".", attempt));
                }
            }
        }
    }

    /** Makes {@link #run} return soon; for any thread. */
    synchronized void end() {
        ending = true;
        current.ifPresent(WorkerProcess::requestEnd);
    }

    synchronized Optional<Long> workerPid() {
        return current.map(WorkerProcess::pid);
    }

    private EngineState quarantined(String how) {
        return new EngineState.Failed(
                EngineErrorCode.QUARANTINED,
                "The engine crashed %d times on the model %s, the last time because %s. It is not started again. Choose another model, or fewer GPU layers."
                        .formatted(
                                CrashHistory.CRASHES_TO_QUARANTINE,
                                options.model().getFileName(),
                                how));
    }

    /** One worker's life. */
    private Ending runWorker() {
        try {
            refuseBeforeStart();
            WorkerProcess worker = WorkerProcess.start(frames, threads);
            if (!adopt(worker)) worker.requestEnd();
            worker.send(load());
            WorkerDialogue dialogue =
                    new WorkerDialogue(worker, jobs, calls, facts -> ready(worker, facts), crashes::answered);
            Optional<EngineFailure> refusal = dialogue.listen();
            failWhatIsLeft();
            String how = worker.end();
            return refusal.<Ending>map(Refused::new).orElseGet(() -> new Lost(how));
        } catch (EngineException e) {
            return new Refused(e.failure());
        } finally {
            failWhatIsLeft();
            disown();
        }
    }

    private void refuseBeforeStart() {
        Path model = options.model();
        if (!Files.isRegularFile(model) || !Files.isReadable(model))
            throw new EngineException(
                    EngineErrorCode.MODEL_MISSING,
                    "The model file " + model
                            + " does not exist or cannot be read. Download it again or choose another.");
        memoryCheck.refusal(options).ifPresent(sentence -> {
            throw new EngineException(EngineErrorCode.NOT_ENOUGH_MEMORY, sentence);
        });
    }

    private ToWorker.Load load() {
        return new ToWorker.Load(
                options.natives().toString(),
                options.model().toString(),
                options.slots(),
                options.contextPerSlot(),
                threadCount(),
                options.gpuLayers());
    }

    /** Looked up while the first worker's Java starts, and once only. */
    private int threadCount() {
        if (computeThreads.isEmpty())
            computeThreads =
                    OptionalInt.of(ProcessorThreads.choose(options.threads(), ProcessorThreads::physicalCores));
        return computeThreads.getAsInt();
    }

    private void ready(WorkerProcess worker, ModelFacts facts) {
        jobs.serveWith(worker);
        state.set(new EngineState.Ready(facts));
    }

    private void failWhatIsLeft() {
        List<JobListener> left = jobs.closeAll();
        EngineFailure failure = isEnding()
                ? new EngineFailure(EngineErrorCode.STOPPED, "The engine was closed.")
                : new EngineFailure(
                        EngineErrorCode.ENGINE_LOST, "The engine was lost while it answered. Send the request again.");
        for (JobListener listener : left) WorkerDialogue.heard(listener, l -> l.failed(failure));
        calls.failAll(failure);
    }

    private synchronized boolean adopt(WorkerProcess worker) {
        current = Optional.of(worker);
        return !ending;
    }

    private synchronized void disown() {
        current = Optional.empty();
    }

    private synchronized boolean isEnding() {
        return ending;
    }
}
