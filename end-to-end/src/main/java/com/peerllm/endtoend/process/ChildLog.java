package com.peerllm.endtoend.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a child process prints: the last lines in memory, all of it in a file, both bounded. The child never waits for a
 * reader.
 */
final class ChildLog {
    /** What Java says first of all when its options come from the environment; of no interest to anybody. */
    static final String RUNTIME_REMARK = "Picked up JAVA_TOOL_OPTIONS";

    private static final int LINES_KEPT = 400;
    private static final int LONGEST_LINE = 2_000;
    private static final long LARGEST_FILE_CHARS = 16L * 1024 * 1024;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Writer file;
    private long written;
    private int open;

    ChildLog(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Reads to the end on a thread of its own. */
    synchronized void drain(String name, InputStream stream) {
        open++;
        Thread.ofPlatform().daemon().name(name).start(() -> read(stream));
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith(RUNTIME_REMARK)) add(line);
            }
        } catch (IOException e) {
            add("(its output broke off)");
        } finally {
            streamEnded();
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == LINES_KEPT) lines.removeFirst();
        lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
        notifyAll();
        if (written > LARGEST_FILE_CHARS) return;
        written += line.length() + 1;
        try {
            file.write(line);
            file.write('\n');
            file.flush();
        } catch (IOException e) {
            written = Long.MAX_VALUE;
            lines.addLast("(the log file cannot be written any more: " + e.getMessage() + ")");
        }
    }

    private synchronized void streamEnded() {
        open--;
        notifyAll();
        if (open > 0) return;
        try {
            file.close();
        } catch (IOException e) {
            lines.addLast("(the log file could not be closed: " + e.getMessage() + ")");
        }
    }

    /** The first kept line in which the pattern is found; empty when the child ends, or time runs out, without one. */
    synchronized Optional<Matcher> await(Pattern pattern, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        while (true) {
            for (String line : lines) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) return Optional.of(matcher);
            }
            long leftMillis = (until - System.nanoTime()) / 1_000_000;
            if (open == 0 || leftMillis <= 0) return Optional.empty();
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    /** The last lines, oldest first. */
    synchronized List<String> tail(int atMost) {
        return lines.stream().skip(Math.max(0, lines.size() - atMost)).toList();
    }
}
