package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.FromWorker;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The life of the worker's process: its threads, its pulse, and how it ends when it cannot go on. For any thread. */
final class WorkerLife {
    private static final int REFUSED = 2;
    private static final int CRASHED = 70;
    private static final Duration PULSE = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final PrintStream log;
    private volatile LongSupplier steps = () -> 0;

    WorkerLife(Outbox outbox, PrintStream log) {
        this.outbox = outbox;
        this.log = log;
    }

    /** Starts a thread; what it cannot handle ends the process. */
    void start(String name, Task task) {
        Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                crash(e);
            }
        });
    }

    /** From now on the parent is told again and again that this process is not stopped, and how far it has computed. */
    void startPulse() {
        start("engine-pulse", this::beat);
    }

    private void beat() throws IOException, InterruptedException {
        while (true) {
            outbox.send(new FromWorker.Alive(steps.getAsLong()));
            Thread.sleep(PULSE);
        }
    }

    /** @param newSteps counts what this process computes from now on; asked on other threads */
    void computes(LongSupplier newSteps) {
        steps = newSteps;
    }

    /** Ends the process unless the limit is closed in time. */
    SpeedLimit limit() {
        SpeedLimit limit = new SpeedLimit(steps, SpeedLimit.LONGEST, this::refuse);
        start("engine-limit", limit::watch);
        return limit;
    }

    /** Ends the process with a reason for the parent. */
    void refuse(EngineFailure failure) {
        try {
            outbox.send(new FromWorker.Refused(failure));
        } catch (IOException e) {
            log.println("The parent is gone: " + failure.code().wireName());
        }
        Runtime.getRuntime().halt(REFUSED);
    }

    /** A message could quote a prompt, so the log gets the kind of error and the places in the code only. */
    void crash(Throwable error) {
        log.println("The engine worker ends because of " + error.getClass().getName());
        for (StackTraceElement place : error.getStackTrace()) log.println("  at " + place);
        Runtime.getRuntime().halt(CRASHED);
    }

    /** What a thread of the worker does all its life. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException, InterruptedException;
    }
}
