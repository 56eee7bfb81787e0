package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.host.engine.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/** Measures how fast a model computes here and tells the parent: shortly before it is served, or in many trials instead. */
final class SpeedMeasurement {
    /** Three of them are measured: less than a second in all, unless the model is slow. */
    private static final Duration SHORT_PHASE = Duration.ofMillis(250);

    private final WorkerLife life;
    private final Outbox outbox;

    SpeedMeasurement(WorkerLife life, Outbox outbox) {
        this.life = life;
        this.outbox = outbox;
    }

    /** A short look at the speed with which this model will be served. */
    void look(LoadedModel loaded, ToWorker.Load load) throws IOException {
        Trial trial = new Trial(load.threads(), load.microBatch(), load.gpuLayers());
        try (SpeedLimit _ = life.limit()) {
            SpeedTest test = new SpeedTest(
                    loaded.context(),
                    new TokenBatch(Arena.global(), InferenceContext.MOST_TOKENS_PER_STEP),
                    loaded.vocabulary().size(),
                    load.slots(),
                    SHORT_PHASE);
            Speed speed = test.measure(load.microBatch());
            test.clear();
            outbox.send(new FromWorker.Measured(new MeasuredTrial(trial, speed)));
        }
    }

    /** Measures trial after trial, as long as the parent gives time for it. */
    void benchmark(ToWorker.Benchmark wanted, PrintStream log) throws IOException {
        BenchmarkRun run = BenchmarkRun.load(wanted, log);
        life.computes(run::steps);
        try (SpeedLimit _ = life.limit()) {
            run.run(trial -> {
                try {
                    outbox.send(new FromWorker.Measured(trial));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
