package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.BenchmarkSearch;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.host.engine.Trial;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A model that is loaded to be measured: each trial gets a context of its own, with four sequences. */
final class BenchmarkRun {
    private static final int SEQUENCES = 4;
    private static final int CONTEXT = 1024;

    /** A trial measures three things; with eight trials they fill twenty seconds. */
    private static final Duration PHASE = Duration.ofMillis(700);

    private final ToWorker.Benchmark wanted;
    private final NativeLibrary library;
    private final Model model;
    private final Vocabulary vocabulary;
    private final TokenBatch batch = new TokenBatch(Arena.global(), InferenceContext.MOST_TOKENS_PER_STEP);
    private volatile long stepsOfEarlierTrials;
    private volatile InferenceContext current;

    private BenchmarkRun(ToWorker.Benchmark wanted, NativeLibrary library, Model model) {
        this.wanted = wanted;
        this.library = library;
        this.model = model;
        this.vocabulary = new Vocabulary(library, model);
    }

    static BenchmarkRun load(ToWorker.Benchmark wanted, PrintStream log) {
        Path natives = Path.of(wanted.natives());
        NativeLibrary library = NativeLibrary.load(natives, Arena.global());
        NativeLog nativeLog = NativeLog.install(library, Arena.global(), log);
        new Devices(library).loadBackends(natives);
        Model model = Model.load(
                library, nativeLog, Path.of(wanted.model()), wanted.usual().gpuLayers());
        return new BenchmarkRun(wanted, library, model);
    }

    /** Steps computed so far; for any thread. */
    long steps() {
        InferenceContext running = current;
        return stepsOfEarlierTrials + (running == null ? 0 : running.steps());
    }

    void run(Consumer<MeasuredTrial> tell) {
        long deadline =
                System.nanoTime() + Duration.ofMillis(wanted.budgetMillis()).toNanos();
        BenchmarkSearch.run(
                wanted.usual(), wanted.cores(), this::measure, () -> System.nanoTime() - deadline >= 0, tell);
    }

    private Speed measure(Trial trial) {
        int limit = model.contextTrained() > 0 ? Math.min(CONTEXT, model.contextTrained()) : CONTEXT;
        InferenceContext context =
                InferenceContext.create(library, model, SEQUENCES, limit, trial.threads(), trial.microBatch());
        ComputeThreads.attach(library, context.handle(), trial.threads());
        current = context;
        Speed speed = new SpeedTest(context, batch, vocabulary.size(), SEQUENCES, PHASE).measure(trial.microBatch());
        stepsOfEarlierTrials += context.steps();
        current = null;
        context.free();
        return speed;
    }
}
