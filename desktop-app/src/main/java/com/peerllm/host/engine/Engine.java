package com.peerllm.host.engine;

import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.openai.EmbeddingInput;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongFunction;

/**
 * Runs one model in a worker process of its own and keeps it running: the engine's door.
 *
 * <p>One thread starts the worker, listens to it and starts it again when it is lost; every listener and every change of state is
 * told on that thread. All methods are for any thread.
 */
public final class Engine implements AutoCloseable {
    private static final EngineFailure TOO_LARGE = new EngineFailure(
            EngineErrorCode.PROMPT_TOO_LONG,
            "The request is longer than " + OpenJobs.MOST_WEIGHT
                    + " characters, more than any context holds. Shorten it.");

    private static final EngineFailure ALL_TAKEN =
            new EngineFailure(EngineErrorCode.BUSY, "All slots are taken and the queue is full. Try again later.");

    private final EngineOptions options;
    private final MemoryCheck memoryCheck;
    private final ThreadFactory threads;
    private final InstantSource clock;
    private final Supervision supervision;
    private final Signal<EngineState> state = new Signal<>(new EngineState.Stopped());
    private final OpenJobs jobs;
    private final PendingCalls calls = new PendingCalls();
    private Optional<Run> run = Optional.empty();
    private boolean closed;

    private record Run(Supervisor supervisor, Thread thread) {}

    /**
     * @param memoryCheck is asked before every start of a worker
     * @param threads makes the thread that listens to the worker, and one for its log: platform threads, for both wait on pipes
     * @param clock tells when crashes happened
     */
    public Engine(EngineOptions options, MemoryCheck memoryCheck, ThreadFactory threads, InstantSource clock) {
        this(options, memoryCheck, threads, clock, Supervision.STANDARD);
    }

    /** @param supervision when a worker is given up, and what outlives this program about a model that crashes */
    public Engine(
            EngineOptions options,
            MemoryCheck memoryCheck,
            ThreadFactory threads,
            InstantSource clock,
            Supervision supervision) {
        this.supervision = supervision;
        this.options = options;
        this.memoryCheck = memoryCheck;
        this.threads = threads;
        this.clock = clock;
        this.jobs = new OpenJobs(options.slots(), options.queueLimit());
    }

    /** Starts the worker and returns at once; watch {@link #state}. Does nothing while it runs; tries anew after a failure. */
    public synchronized void start() {
        if (closed) throw new IllegalStateException("The engine is closed");
        if (run.isPresent()) return;
        state.set(new EngineState.Starting());
        Supervisor supervisor = new Supervisor(options, memoryCheck, threads, clock, state, jobs, calls, supervision);
        Thread thread = threads.newThread(() -> supervise(supervisor));
        run = Optional.of(new Run(supervisor, thread));
        thread.start();
    }

    public Signal<EngineState> state() {
        return state;
    }

    /** Begins an answer; everything about it is told to the listener. */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        return switch (jobs.open(listener, request.weight())) {
            case OpenJobs.Begun(long id, WorkerProcess worker) -> {
                worker.send(new ToWorker.Generate(id, request));
                yield () -> worker.send(new ToWorker.Cancel(id));
            }
            case OpenJobs.Busy() -> refused(listener, ALL_TAKEN);
            case OpenJobs.NoWorker() -> refused(listener, unavailable());
            case OpenJobs.TooLarge() -> refused(listener, TOO_LARGE);
        };
    }

    /**
     * Begins to turn texts into vectors, which only a model with the feature {@code embeddings} does; everything about it is told
     * to the listener.
     *
     * @param inputs at least one; each must fit the context by itself, and none is ever cut
     */
    public Generation embed(List<EmbeddingInput> inputs, EmbeddingListener listener) {
        return switch (jobs.open(listener, weight(inputs))) {
            case OpenJobs.Begun(long id, WorkerProcess worker) -> {
                worker.send(new ToWorker.Embed(id, inputs));
                yield () -> worker.send(new ToWorker.Cancel(id));
            }
            case OpenJobs.Busy() -> refused(listener, ALL_TAKEN);
            case OpenJobs.NoWorker() -> refused(listener, unavailable());
            case OpenJobs.TooLarge() -> refused(listener, TOO_LARGE);
        };
    }

    /** As {@link Prompt#weight}. */
    private static long weight(List<EmbeddingInput> inputs) {
        long weight = 0;
        for (EmbeddingInput input : inputs)
            weight += switch (input) {
                case EmbeddingInput.Text(String text) -> text.length() + 8L;
                case EmbeddingInput.Tokens(List<Integer> ids) -> 8L * ids.size() + 8L;
            };
        return weight;
    }

    /** The ids of a prompt as {@link #generate} would compute it: what metering counts. */
    public CompletableFuture<List<Integer>> tokenize(Prompt prompt) {
        if (prompt.weight() > OpenJobs.MOST_WEIGHT)
            return CompletableFuture.failedFuture(new EngineException(TOO_LARGE));
        return ask(call -> new ToWorker.Tokenize(call, prompt)).thenApply(a -> ((FromWorker.Tokenized) a).ids());
    }

    /** The text of an answer's ids; control tokens have none, broken characters become U+FFFD. */
    public CompletableFuture<String> detokenize(List<Integer> ids) {
        return ask(call -> new ToWorker.Detokenize(call, ids)).thenApply(a -> ((FromWorker.Detokenized) a).text());
    }

    /** What another host's part of an answer says, and how long its prompt is, by this model. */
    public CompletableFuture<AuditFinding> audit(AuditRequest request) {
        if (request.weight() > OpenJobs.MOST_WEIGHT)
            return CompletableFuture.failedFuture(new EngineException(TOO_LARGE));
        return ask(call -> new ToWorker.Audit(call, request)).thenApply(a -> ((FromWorker.Audited) a).finding());
    }

    /** Slots that are free now; 0 while the engine is not ready. */
    public int freeSlots() {
        return jobs.freeSlots();
    }

    /** The worker's process id, for whoever watches memory and load; nothing while none runs. */
    public synchronized Optional<Long> workerPid() {
        return run.flatMap(running -> running.supervisor().workerPid());
    }

    /** How fast the model was before it was ready; nothing unless {@link EngineOptions#measured} asked for it. */
    public synchronized Optional<MeasuredTrial> measured() {
        return run.flatMap(running -> running.supervisor().measured());
    }

    /** What was given up to make the model run here, such as GPU layers; oldest first. */
    public synchronized List<String> concessions() {
        return run.map(running -> running.supervisor().concessions()).orElse(List.of());
    }

    /** From its next step on the worker computes with so many threads, but never with more than it was started with. */
    void useThreads(int count) {
        jobs.worker().ifPresent(worker -> worker.send(new ToWorker.UseThreads(count)));
    }

    /** Ends the worker; answers being made fail with {@code STOPPED}. Returns when the worker is gone. */
    @Override
    public void close() {
        Optional<Run> running;
        synchronized (this) {
            closed = true;
            running = run;
        }
        running.ifPresent(r -> {
            r.supervisor().end();
            if (r.thread() != Thread.currentThread()) join(r.thread());
        });
        state.set(new EngineState.Stopped());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise(Supervisor supervisor) {
        EngineState last = supervisor.run();
        synchronized (this) {
            run = Optional.empty();
        }
        state.set(last);
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

    private static Generation refused(JobListener listener, EngineFailure failure) {
        listener.failed(failure);
        return () -> {};
    }
}
