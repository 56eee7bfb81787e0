package com.peerllm.host.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Measures in a worker of its own how one model is computed fastest here. Run once; cancelled from any thread. */
public final class ModelBenchmark {
    private final EngineOptions options;
    private final Duration budget;
    private final ThreadFactory threads;
    private Optional<WorkerProcess> worker = Optional.empty();
    private boolean cancelled;

    /** @param budget no measurement is begun after so long; the first is always made */
    public ModelBenchmark(EngineOptions options, Duration budget, ThreadFactory threads) {
        this.options = options;
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * Blocks until all is measured.
     *
     * @param tell hears each measurement at once
     * @throws EngineException with {@code TOO_SLOW} when measuring takes a minute, and as a load fails
     * @throws CancellationException when it is cancelled
     */
    public List<MeasuredTrial> run(Consumer<MeasuredTrial> tell) {
        int cores = ProcessorThreads.physicalCores();
        Trial usual = new Trial(
                ProcessorThreads.choose(options.threads(), () -> cores), options.microBatch(), options.gpuLayers());
        WorkerProcess started = WorkerProcess.start(new Frames(), threads);
        if (!adopt(started)) started.requestEnd();
        threads.newThread(new WorkerWatch(started, () -> false, WorkerWatch.Patience.STANDARD))
                .start();
        started.send(new ToWorker.Benchmark(
                options.natives().toString(), options.model().toString(), usual, cores, budget.toMillis()));
        List<MeasuredTrial> measured = new ArrayList<>();
        Optional<EngineFailure> refusal = Optional.empty();
        for (Optional<FromWorker> said = started.next(); said.isPresent(); said = started.next()) {
            if (said.get() instanceof FromWorker.Refused(EngineFailure failure)) refusal = Optional.of(failure);
            if (said.get() instanceof FromWorker.Alive(long steps))
                started.pulse().computed(steps);
            if (!(said.get() instanceof FromWorker.Measured(MeasuredTrial trial))) continue;
            measured.add(trial);
            tell.accept(trial);
        }
        String ending = started.end();
        if (isCancelled()) throw new CancellationException("Cancelled");
        refusal.ifPresent(failure -> {
            throw new EngineException(failure);
        });
        if (measured.isEmpty())
            throw new EngineException(
                    EngineErrorCode.START_FAILED,
                    "The model could not be measured: the engine's process was lost (" + ending + ").");
        return List.copyOf(measured);
    }

    /** Ends the worker, and so {@link #run}. */
    public synchronized void cancel() {
        cancelled = true;
        worker.ifPresent(running -> running.kill("it was cancelled"));
    }

    private synchronized boolean adopt(WorkerProcess started) {
        worker = Optional.of(started);
        return !cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }
}
