package com.peerllm.host.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker process and the two pipes to it. Any thread may send; one thread reads. */
final class WorkerProcess {
    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);
    private static final int LONGEST_LOG_LINE = 500;

    private final Process process;
    private final Frames frames;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final WorkerPulse pulse = new WorkerPulse();
    private volatile Optional<String> killedBecause = Optional.empty();

    private WorkerProcess(Process process, Frames frames) {
        this.process = process;
        this.frames = frames;
        this.reader = new FrameReader(process.getInputStream());
        this.writer = new FrameWriter(process.getOutputStream());
    }

    /** Starts a worker; its log lines go to our log on a thread of their own. */
    static WorkerProcess start(Frames frames, ThreadFactory threads) {
        ProcessBuilder builder = new ProcessBuilder(
                WorkerCommand.of(System.getProperties(), ProcessHandle.current().pid()));
        // llama.cpp would start a debugger to print where it failed.
        builder.environment().put("GGML_NO_BACKTRACE", "1");
        try {
            WorkerProcess worker = new WorkerProcess(builder.start(), frames);
            threads.newThread(worker::copyLog).start();
            return worker;
        } catch (IOException e) {
            throw new EngineException(
                    EngineErrorCode.START_FAILED,
                    "The engine's worker process cannot be started. Is the Java runtime that PeerLLM was started with still there?",
                    e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends a frame; when the worker is gone nothing happens here, since the reader learns of it anyway. */
    void send(ToWorker message) {
        try {
            writer.send(frames.encode(message));
        } catch (IOException e) {
            log.debug("Worker {} no longer listens", process.pid());
        }
    }

    /** The worker's next frame; nothing once it has ended. */
    Optional<FromWorker> next() {
        try {
            pulse.listening(true);
            Optional<byte[]> line = reader.next();
            pulse.listening(false);
            pulse.heard();
            return line.isEmpty() ? Optional.empty() : Optional.of(frames.decodeFromWorker(line.get()));
        } catch (IOException e) {
            log.warn("Worker {} is ended: {}", process.pid(), e.getMessage());
            process.destroyForcibly();
            return Optional.empty();
        }
    }

    /** Waits for the process to be gone, for a short while by itself, and says how it ended. */
    String end() {
        closeOurEnd();
        try {
            if (!process.waitFor(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) process.destroyForcibly();
            String how = ending(process.waitFor());
            return killedBecause.orElse(how);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return "it was interrupted";
        }
    }

    WorkerPulse pulse() {
        return pulse;
    }

    /** Waits so long for the process to be gone, and says whether it is. */
    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the process at once, also one that is stopped; {@link #end} will give the reason. */
    void kill(String reason) {
        killedBecause = Optional.of(reason);
        process.destroyForcibly();
    }

    /** Asks the worker to end, which makes {@link #next} return nothing; forces it after a while. */
    void requestEnd() {
        process.onExit()
                .completeOnTimeout(process, PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(Process::destroyForcibly);
        closeOurEnd();
    }

    private void closeOurEnd() {
        try {
            writer.close();
        } catch (IOException e) {
            log.debug("Worker {} has closed its end", process.pid());
        }
    }

    static String ending(int exitCode) {
        return exitCode > 128 && exitCode < 160
                ? "it was ended by signal " + (exitCode - 128)
                : "it ended with code " + exitCode;
    }

    private void copyLog() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                log.info("worker {}: {}", process.pid(), line.substring(0, Math.min(line.length(), LONGEST_LOG_LINE)));
        } catch (IOException | UncheckedIOException e) {
            log.debug("The log of worker {} ended", process.pid());
        }
    }
}
