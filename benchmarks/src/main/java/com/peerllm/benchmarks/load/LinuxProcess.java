package com.peerllm.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a running Java program has used so far, as Linux and its own {@code jcmd} tell. */
public record LinuxProcess(long pid) {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final String EVENT_LOOP = "vert.x-eventloop-thread-0";
    private static final int LONGEST_THREAD_NAME = 15;
    private static final Pattern ALLOCATED = Pattern.compile("\"" + EVENT_LOOP + "\".* allocated=(\\d+)([BKMGT]?)");
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** Processor time of all its threads. */
    public long cpuNanos() {
        return cpuNanos(root().resolve("stat"));
    }

    /** Processor time of the orchestrator's event loop. */
    long eventLoopNanos() {
        try (Stream<Path> tasks = Files.list(root().resolve("task"))) {
            return tasks.filter(task -> EVENT_LOOP
                            .substring(0, LONGEST_THREAD_NAME)
                            .equals(read(task.resolve("comm")).strip()))
                    .mapToLong(task -> cpuNanos(task.resolve("stat")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long residentBytes() {
        return read(root().resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** What the event loop has allocated on the heap since its start, as exactly as {@code jcmd} says it. */
    long eventLoopAllocatedBytes() {
        Matcher found = ALLOCATED.matcher(jcmd("Thread.print", "-e"));
        if (!found.find()) throw new IllegalStateException("jcmd names no event loop");
        int thousands = "BKMGT".indexOf(found.group(2).isEmpty() ? "B" : found.group(2));
        return Long.parseLong(found.group(1)) << (10 * thousands);
    }

    /** Bytes of the objects that are alive, after a full collection. */
    long liveHeapBytes() {
        Matcher found = LIVE.matcher(jcmd("GC.class_histogram"));
        if (!found.find()) throw new IllegalStateException("jcmd tells no total");
        return Long.parseLong(found.group(1));
    }

    private String jcmd(String... command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> words = Stream.concat(Stream.of(program, Long.toString(pid)), Stream.of(command))
                .toList();
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path root() {
        return Path.of("/proc", Long.toString(pid));
    }

    private static long cpuNanos(Path stat) {
        String text = read(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
