package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.FrameReader;
import com.peerllm.host.engine.FrameWriter;
import com.peerllm.host.engine.Frames;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.ToWorker;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The worker process: does the one thing its parent's first frame asks for, and ends with its parent.
 *
 * <p>Standard output carries frames and nothing else; everything that prints goes to standard error.
 */
public final class WorkerMain {
    private final PrintStream log;
    private final Outbox outbox;
    private final WorkerLife life;
    private final RequestIntake intake;
    private final BlockingQueue<PromptReader.Work> work = new ArrayBlockingQueue<>(Jobs.MOST_WAITING);
    private final AtomicInteger threadShare = new AtomicInteger(Integer.MAX_VALUE);

    private WorkerMain(FileInputStream in, FileOutputStream out, PrintStream log) {
        this.log = log;
        Frames frames = new Frames();
        Jobs jobs = new Jobs();
        outbox = new Outbox(frames, new FrameWriter(out), jobs);
        life = new WorkerLife(outbox, log);
        intake = new RequestIntake(new FrameReader(in), frames, jobs, work, outbox, threadShare::set);
    }

    /** @param args the parent's process id */
    public static void main(String[] args) {
        PrintStream log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(log);
        ParentWatch.endWith(Long.parseLong(args[0]));
        WorkerMain worker =
                new WorkerMain(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), log);
        worker.life.start("engine-intake", () -> {
            worker.intake.run();
            Runtime.getRuntime().halt(0);
        });
        worker.run();
    }

    private void run() {
        try {
            switch (intake.firstRequest()) {
                case ToWorker.Load load -> serve(load);
                case ToWorker.Benchmark benchmark -> measure(benchmark);
                case ToWorker.ListDevices(String natives) -> listDevices(Path.of(natives));
                case ToWorker other ->
                    throw new IllegalStateException("A worker cannot begin with " + other.getClass());
            }
            Runtime.getRuntime().halt(0);
        } catch (EngineException e) {
            life.refuse(e.failure());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            life.crash(e);
        }
    }

    private void serve(ToWorker.Load load) throws IOException, InterruptedException {
        life.startPulse();
        OpenedModel opened = OpenedModel.open(load, log);
        if (LoadedEmbedder.isOne(opened.model()))
            new EmbeddingServing(life, work, outbox, threadShare::get).run(LoadedEmbedder.of(opened, load), load);
        else new AnswerServing(life, work, outbox, threadShare::get).run(LoadedModel.of(opened, load, log), load);
    }

    private void measure(ToWorker.Benchmark wanted) throws IOException {
        life.startPulse();
        new SpeedMeasurement(life, outbox).benchmark(wanted, log);
    }

    private void listDevices(Path natives) throws IOException {
        NativeLibrary library = NativeLibrary.load(natives, Arena.global());
        NativeLog.install(library, Arena.global(), log);
        Devices devices = new Devices(library);
        devices.loadBackends(natives);
        outbox.send(new FromWorker.Devices(devices.list()));
    }
}
