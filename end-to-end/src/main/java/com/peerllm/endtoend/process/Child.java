package com.peerllm.endtoend.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running program of the network: its process and what it printed. */
public final class Child {
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final ChildLog log;

    private Child(String name, Process process, ChildLog log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name for messages and thread names
     * @param folder where it runs; a crash report of its runtime lands there
     * @param logFile what it prints is added to the end of this file
     */
    public static Child start(
            String name, List<String> command, Path folder, Map<String, String> environment, Path logFile) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            ChildLog log = new ChildLog(logFile);
            Process process = builder.start();
            log.drain(name + "-out", process.getInputStream());
            log.drain(name + "-err", process.getErrorStream());
            return new Child(name, process, log);
        } catch (IOException e) {
            throw new ProgramException("The " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return how it ended, when it did within the time */
    public int awaitExit(Duration atMost) {
        if (!waitFor(atMost)) {
            throw new ProgramException("The " + name + " did not end within " + seconds(atMost) + "." + said());
        }
        return process.exitValue();
    }

    /**
     * Waits until it has printed a line in which the pattern is found; lines printed before count too.
     *
     * @throws ProgramException with the end of its log when it ends or stays silent for too long
     */
    public Matcher awaitLine(Pattern pattern, Duration atMost) {
        return log.await(pattern, atMost).orElseThrow(() -> {
            String what = isAlive()
                    ? "The " + name + " was not ready within " + seconds(atMost) + "."
                    : "The " + name + " ended"
                            + (waitFor(Duration.ofSeconds(2)) ? " with exit code " + process.exitValue() : "")
                            + " before it was ready.";
            return new ProgramException(what + said());
        });
    }

    /** The end of what it printed, for an error message; empty when it printed nothing. */
    public String said() {
        List<String> tail = log.tail(TAIL_LINES);
        return tail.isEmpty() ? " It said nothing." : " It said:\n  " + String.join("\n  ", tail);
    }

    /** Ends it at once and without warning, as a crash would ({@code kill -9}); returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofSeconds(10));
    }

    /** Asks it to stop and does not wait. */
    public void askToStop() {
        process.destroy();
    }

    /** Waits for it to stop, then makes it; what it started itself goes with it. */
    public void stop(Duration atMost) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        if (!waitFor(atMost)) kill();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean waitFor(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
