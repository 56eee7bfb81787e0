package com.peerllm.host.engine;

import com.peerllm.host.kernel.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one model in a worker process of its own and keeps it running: the engine's door.
 *
 * <p>One thread starts the worker, listens to it and starts it again when it is lost. Every listener and every change of state
 * is told on that thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final EngineOptions options;
    private final MemoryCheck memoryCheck;
    private final ThreadFactory threads;
    private final InstantSource clock;
    private final Frames frames = new Frames();
    private final Signal<EngineState> state = new Signal<>(new EngineState.Stopped());
    private final OpenJobs jobs;
    private final PendingCalls calls = new PendingCalls();
    private Optional<Thread> supervisor = Optional.empty();
    private Optional<WorkerProcess> current = Optional.empty();
    private OptionalInt computeThreads = OptionalInt.empty();
    private boolean closed;

    /** How one worker's life ended. */
    private sealed interface Ending {}

    private record Refused(EngineFailure failure) implements Ending {}

    private record Lost(String how) implements Ending {}

    /**
     * @param memoryCheck is asked before every start of a worker
     * @param threads makes the thread that listens to the worker, and one for its log; platform or virtual
     * @param clock tells when crashes happened
     */
    public Engine(EngineOptions options, MemoryCheck memoryCheck, ThreadFactory threads, InstantSource clock) {
        this.options = options;
        this.memoryCheck = memoryCheck;
        this.threads = threads;
        this.clock = clock;
        this.jobs = new OpenJobs(options.slots(), options.queueLimit());
    }

    /** Starts the worker and returns at once; watch {@link #state}. Does nothing while a worker runs; tries anew after a failure. */
    public synchronized void start() {
        if (closed) throw new IllegalStateException("The engine is closed");
        if (supervisor.isPresent()) return;
        state.set(new EngineState.Starting());
        Thread thread = threads.newThread(this::supervise);
        supervisor = Optional.of(thread);
        thread.start();
    }

    public Signal<EngineState> state() {
        return state;
    }

    /** Begins an answer; everything about it is told to the listener. */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        return switch (jobs.open(listener)) {
            case OpenJobs.Begun(long id, WorkerProcess worker) -> {
                worker.send(new ToWorker.Generate(id, request));
                yield () -> worker.send(new ToWorker.Cancel(id));
            }
            case OpenJobs.Busy() ->
                refused(listener, EngineErrorCode.BUSY, "All slots are taken and the queue is full. Try again later.");
            case OpenJobs.NoWorker() -> refused(listener, unavailable());
        };
    }

    /** The ids of a prompt as {@link #generate} would compute it: what metering counts. */
    public CompletableFuture<List<Integer>> tokenize(Prompt prompt) {
        return ask(call -> new ToWorker.Tokenize(call, prompt)).thenApply(a -> ((FromWorker.Tokenized) a).ids());
    }

    /** The text of an answer's ids; control tokens have none, broken characters become U+FFFD. */
    public CompletableFuture<String> detokenize(List<Integer> ids) {
        return ask(call -> new ToWorker.Detokenize(call, ids)).thenApply(a -> ((FromWorker.Detokenized) a).text());
    }

    /** Slots that are free now; 0 while the engine is not ready. */
    public int freeSlots() {
        return jobs.freeSlots();
    }

    /** The worker's process id, for whoever watches memory and load; nothing while none runs. */
    public synchronized Optional<Long> workerPid() {
        return current.map(WorkerProcess::pid);
    }

    /** Ends the worker; answers being made fail with {@code STOPPED}. Returns when the worker is gone. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            closed = true;
            running = supervisor;
            current.ifPresent(WorkerProcess::requestEnd);
        }
        if (running.isPresent() && running.get() != Thread.currentThread()) {
            try {
                running.get().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        state.set(new EngineState.Stopped());
    }

    private void supervise() {
        EngineState last = superviseUntilTheEnd();
        synchronized (this) {
            supervisor = Optional.empty();
        }
        state.set(last);
    }

    private EngineState superviseUntilTheEnd() {
        CrashHistory history = new CrashHistory();
        for (int attempt = 1; ; attempt++) {
            Ending ending = runWorker(history);
            if (isClosed()) return new EngineState.Stopped();
            switch (ending) {
                case Refused(EngineFailure failure) -> {
                    log.warn("The engine gives up: {}", failure.sentence());
                    return new EngineState.Failed(failure.code(), failure.sentence());
                }
                case Lost(String how) -> {
                    log.warn("The engine worker was lost: {}", how);
                    if (history.crashed(clock.instant())) return quarantined(how);
                    state.set(new EngineState.Restarting("The engine was lost: " + how + ".", attempt));
                }
            }
        }
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
    private Ending runWorker(CrashHistory history) {
        try {
            refuseBeforeStart();
            WorkerProcess worker = WorkerProcess.start(frames, threads);
            if (!adopt(worker)) worker.requestEnd();
            worker.send(load());
            WorkerDialogue dialogue = new WorkerDialogue(
                    worker,
                    jobs,
                    calls,
                    facts -> {
                        jobs.serveWith(worker);
                        state.set(new EngineState.Ready(facts));
                    },
                    history::answered);
            Optional<EngineFailure> refusal = dialogue.listen();
            failAll(jobs.closeAll());
            String how = worker.end();
            return refusal.<Ending>map(Refused::new).orElseGet(() -> new Lost(how));
        } catch (EngineException e) {
            return new Refused(e.failure());
        } finally {
            failAll(jobs.closeAll());
            synchronized (this) {
                current = Optional.empty();
            }
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

    private synchronized boolean adopt(WorkerProcess worker) {
        current = Optional.of(worker);
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void failAll(List<GenerationListener> left) {
        EngineFailure failure = isClosed()
                ? new EngineFailure(EngineErrorCode.STOPPED, "The engine was closed.")
                : new EngineFailure(
                        EngineErrorCode.ENGINE_LOST, "The engine was lost while it answered. Send the request again.");
        for (GenerationListener listener : left) WorkerDialogue.heard(listener, l -> l.failed(failure));
        calls.failAll(failure);
    }

    private CompletableFuture<FromWorker> ask(LongFunction<ToWorker> question) {
        return jobs.worker()
                .map(worker -> calls.ask(worker, question))
                .orElseGet(() -> CompletableFuture.failedFuture(new EngineException(unavailable())));
    }

    private EngineFailure unavailable() {
        return switch (state.get()) {
            case EngineState.Failed(EngineErrorCode code, String sentence) -> new EngineFailure(code, sentence);
            case EngineState.Stopped() -> new EngineFailure(EngineErrorCode.STOPPED, "The engine is not running.");
            case EngineState.Starting _, EngineState.Restarting _, EngineState.Ready _ ->
                new EngineFailure(EngineErrorCode.NOT_READY, "The engine is starting. Try again in a moment.");
        };
    }

    private static Generation refused(GenerationListener listener, EngineErrorCode code, String sentence) {
        return refused(listener, new EngineFailure(code, sentence));
    }

    private static Generation refused(GenerationListener listener, EngineFailure failure) {
        listener.failed(failure);
        return () -> {};
    }
}
