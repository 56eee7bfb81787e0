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
    private final Supervision supervision;
    private final LayerFallback fallback;
    private final Frames frames = new Frames();
    private final CrashHistory crashes = new CrashHistory();
    private OptionalInt computeThreads = OptionalInt.empty();
    private Optional<WorkerProcess> current = Optional.empty();
    private boolean ending;
    private boolean wasReady;
    private volatile Optional<MeasuredTrial> measured = Optional.empty();

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
            PendingCalls calls,
            Supervision supervision) {
        this.options = options;
        this.memoryCheck = memoryCheck;
        this.threads = threads;
        this.clock = clock;
        this.state = state;
        this.jobs = jobs;
        this.calls = calls;
        this.supervision = supervision;
        this.fallback = new LayerFallback(options.gpuLayers());
    }

    /** Supervises workers, and gives the state in which that ended: {@code Failed} or {@code Stopped}. */
    EngineState run() {
        for (int attempt = 1; ; attempt++) {
            wasReady = false;
            Ending how = runWorker();
            if (isEnding()) return new EngineState.Stopped();
            if (triesWithFewerLayers(how)) {
                state.set(new EngineState.Restarting(fallback.reasons().getLast(), attempt));
                continue;
            }
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

    /** Loading on the GPU failed: that says nothing about the model, so it is no crash of it. */
    private boolean triesWithFewerLayers(Ending how) {
        if (wasReady) return false;
        String why = switch (how) {
            case Refused(EngineFailure failure) -> failure.sentence();
            case Lost(String reason) -> reason;
        };
        boolean hopeless = how instanceof Refused(EngineFailure failure)
                && failure.code() != EngineErrorCode.MODEL_BROKEN
                && failure.code() != EngineErrorCode.NOT_ENOUGH_MEMORY;
        if (hopeless || !fallback.stepDown(why)) return false;
        log.warn("{}", fallback.reasons().getLast());
        return true;
    }

    /** What the worker measured before it was ready, when that was asked for; for any thread. */
    Optional<MeasuredTrial> measured() {
        return measured;
    }

    /** What was given up to make the model run here, oldest first; for any thread. */
    List<String> concessions() {
        return fallback.reasons();
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
        String sentence =
                "The engine crashed %d times on the model %s, the last time because %s. It is not started again. Choose another model, or fewer GPU layers."
                        .formatted(
                                CrashHistory.CRASHES_TO_QUARANTINE,
                                options.model().getFileName(),
                                how);
        supervision.quarantine().begin(sentence);
        return new EngineState.Failed(EngineErrorCode.QUARANTINED, sentence);
    }

    /** One worker's life. */
    private Ending runWorker() {
        try {
            refuseBeforeStart();
            WorkerProcess worker = WorkerProcess.start(frames, threads);
            if (!adopt(worker)) worker.requestEnd();
            threads.newThread(new WorkerWatch(worker, jobs::any, supervision.patience()))
                    .start();
            worker.send(load());
            WorkerDialogue dialogue = new WorkerDialogue(
                    worker,
                    jobs,
                    calls,
                    facts -> ready(worker, facts),
                    crashes::answered,
                    trial -> measured = Optional.of(trial));
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
        supervision.quarantine().reason().ifPresent(sentence -> {
            throw new EngineException(EngineErrorCode.QUARANTINED, sentence);
        });
        Path model = options.model();
        if (!Files.isRegularFile(model) || !Files.isReadable(model))
            throw new EngineException(
                    EngineErrorCode.MODEL_MISSING,
                    "The model file " + model
                            + " does not exist or cannot be read. Download it again or choose another.");
        memoryCheck.refusal(options.withGpuLayers(fallback.layers())).ifPresent(sentence -> {
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
                fallback.layers(),
                options.microBatch(),
                options.measured() && measured.isEmpty());
    }

    /** Looked up while the first worker's Java starts, and once only. */
    private int threadCount() {
        if (computeThreads.isEmpty())
            computeThreads =
                    OptionalInt.of(ProcessorThreads.choose(options.threads(), ProcessorThreads::physicalCores));
        return computeThreads.getAsInt();
    }

    private void ready(WorkerProcess worker, ModelFacts facts) {
        wasReady = true;
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
