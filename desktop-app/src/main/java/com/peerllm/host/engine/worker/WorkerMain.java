package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.FrameReader;
import com.peerllm.host.engine.FrameWriter;
import com.peerllm.host.engine.Frames;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.host.engine.Trial;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/**
 * The worker process: does the one thing its parent's first frame asks for, and ends with its parent.
 *
 * <p>Standard output carries frames and nothing else; everything that prints goes to standard error.
 */
public final class WorkerMain {
    /** More than any parent sends: it bounds the answers in work, and asks few questions about tokens. */
    private static final int MOST_WAITING = 4096;

    private static final int REFUSED = 2;
    private static final int CRASHED = 70;

    /** Three of them are measured: less than a second in all, unless the model is slow. */
    private static final Duration SHORT_PHASE = Duration.ofMillis(250);

    private static final Duration PULSE = Duration.ofSeconds(2);

    private final PrintStream log;
    private final Outbox outbox;
    private final RequestIntake intake;
    private final BlockingQueue<PromptReader.Work> work = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile int threadShare = Integer.MAX_VALUE;
    private volatile LongSupplier steps = () -> 0;

    private WorkerMain(FileInputStream in, FileOutputStream out, PrintStream log) {
        this.log = log;
        Frames frames = new Frames();
        Jobs jobs = new Jobs();
        outbox = new Outbox(frames, new FrameWriter(out), jobs);
        intake = new RequestIntake(new FrameReader(in), frames, jobs, work, outbox, count -> threadShare = count);
    }

    /** @param args the parent's process id */
    public static void main(String[] args) {
        PrintStream log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(log);
        ParentWatch.endWith(Long.parseLong(args[0]));
        WorkerMain worker =
                new WorkerMain(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), log);
        worker.start("engine-intake", () -> {
            worker.intake.run();
            Runtime.getRuntime().halt(0);
        });
        worker.run();
    }

    private void run() {
        try {
            switch (intake.firstRequest()) {
                case ToWorker.Load load -> serve(load);
                case ToWorker.Benchmark benchmark -> benchmark(benchmark);
                case ToWorker.ListDevices(String natives) -> listDevices(Path.of(natives));
                case ToWorker other ->
                    throw new IllegalStateException("A worker cannot begin with " + other.getClass());
            }
            Runtime.getRuntime().halt(0);
        } catch (EngineException e) {
            refuse(e.failure());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            crash(e);
        }
    }

    private void serve(ToWorker.Load load) throws IOException, InterruptedException {
        start("engine-pulse", this::beat);
        OpenedModel opened = OpenedModel.open(load, log);
        if (LoadedEmbedder.isOne(opened.model())) serveEmbeddings(LoadedEmbedder.of(opened, load), load);
        else serveAnswers(LoadedModel.of(opened, load, log), load);
    }

    private void serveAnswers(LoadedModel loaded, ToWorker.Load load) throws IOException, InterruptedException {
        BlockingQueue<Job> ready = new LinkedBlockingQueue<>(MOST_WAITING);
        steps = loaded.context()::steps;
        loaded.context().threads().follow(load.threads(), () -> threadShare);
        Grammars grammars = new Grammars(loaded.library(), loaded.vocabulary());
        PromptReader prompts = new PromptReader(
                loaded.vocabulary(),
                loaded.renderer(),
                new AnswerPlans(
                        loaded.renderer().format(),
                        loaded.marks(),
                        loaded.vocabulary(),
                        grammars,
                        loaded.contextLimit()),
                loaded.contextLimit(),
                work,
                ready,
                outbox);
        DecodeLoop loop = new DecodeLoop(
                loaded.context(),
                loaded.vocabulary(),
                new SamplerFactory(
                        loaded.library(),
                        loaded.vocabulary(),
                        new Candidates(Arena.global(), loaded.vocabulary().size()),
                        System::nanoTime,
                        loaded.contextLimit()),
                new TokenBatch(Arena.global(), InferenceContext.MOST_TOKENS_PER_STEP),
                outbox,
                ready,
                SlotChoice.of(loaded.model(), loaded.contextLimit()),
                grammars,
                loaded.marks(),
                load.slots());
        if (load.measured()) measure(load, loaded);
        start("engine-prompts", prompts::run);
        outbox.send(new FromWorker.Loaded(loaded.facts()));
        loop.run();
    }

    private void serveEmbeddings(LoadedEmbedder loaded, ToWorker.Load load) throws IOException, InterruptedException {
        BlockingQueue<EmbeddingJob> ready = new LinkedBlockingQueue<>(MOST_WAITING);
        steps = loaded.context()::steps;
        loaded.context().threads().follow(load.threads(), () -> threadShare);
        InputReader inputs = new InputReader(loaded.vocabulary(), loaded.contextLimit(), work, ready, outbox);
        TokenBatch batch = new TokenBatch(Arena.global(), EmbeddingContext.tokensPerStep(loaded.contextLimit()));
        EmbeddingLoop loop = new EmbeddingLoop(loaded.context(), batch, outbox, ready);
        start("engine-inputs", inputs::run);
        outbox.send(new FromWorker.Loaded(loaded.facts()));
        loop.run();
    }

    /** A short look at the speed with which this model will be served. */
    private void measure(ToWorker.Load load, LoadedModel loaded) throws IOException {
        Trial trial = new Trial(load.threads(), load.microBatch(), load.gpuLayers());
        try (SpeedLimit _ = limit()) {
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

    private void benchmark(ToWorker.Benchmark wanted) throws IOException {
        start("engine-pulse", this::beat);
        BenchmarkRun run = BenchmarkRun.load(wanted, log);
        steps = run::steps;
        try (SpeedLimit _ = limit()) {
            run.run(trial -> {
                try {
                    outbox.send(new FromWorker.Measured(trial));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private SpeedLimit limit() {
        SpeedLimit limit = new SpeedLimit(steps, SpeedLimit.LONGEST, this::refuse);
        start("engine-limit", limit::watch);
        return limit;
    }

    /** Tells the parent again and again that this process is not stopped, and how far it has computed. */
    private void beat() throws IOException, InterruptedException {
        while (true) {
            outbox.send(new FromWorker.Alive(steps.getAsLong()));
            Thread.sleep(PULSE);
        }
    }

    private void listDevices(Path natives) throws IOException {
        NativeLibrary library = NativeLibrary.load(natives, Arena.global());
        NativeLog.install(library, Arena.global(), log);
        Devices devices = new Devices(library);
        devices.loadBackends(natives);
        outbox.send(new FromWorker.Devices(devices.list()));
    }

    private void refuse(EngineFailure failure) {
        try {
            outbox.send(new FromWorker.Refused(failure));
        } catch (IOException e) {
            log.println("The parent is gone: " + failure.code().wireName());
        }
        Runtime.getRuntime().halt(REFUSED);
    }

    /** A message could quote a prompt, so the log gets the kind of error and the places in the code only. */
    private void crash(Throwable error) {
        log.println("The engine worker ends because of " + error.getClass().getName());
        for (StackTraceElement place : error.getStackTrace()) log.println("  at " + place);
        Runtime.getRuntime().halt(CRASHED);
    }

    private void start(String name, Task task) {
        Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                crash(e);
            }
        });
    }

    /** What a thread of the worker does all its life. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException, InterruptedException;
    }
}
