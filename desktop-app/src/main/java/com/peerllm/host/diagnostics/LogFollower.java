package com.peerllm.host.diagnostics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tells what was added to the log since it was last asked, also when a new file was begun meanwhile. For one thread. */
public final class LogFollower {
    /** More at once is skipped: somebody who follows wants to see what is new. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final ByteArrayOutputStream incomplete = new ByteArrayOutputStream();
    private long position;
    private Object identity;

    /** Follows from the present end of the log on. */
    public LogFollower(Path folder) {
        file = folder.resolve(LogTail.CURRENT);
        try {
            position = Files.exists(file) ? Files.size(file) : 0;
            identity = identity();
        } catch (IOException e) {
            position = 0;
        }
    }

    /** The new entries, in order; none when nothing was added or the log cannot be read now. */
    public List<LogEntry> news() {
        try {
            if (!Files.exists(file)) return List.of();
            long size = Files.size(file);
            Object now = identity();
            if (size < position || !Objects.equals(now, identity)) begin(now);
            if (size - position > MOST_BYTES) position = size - MOST_BYTES;
            return size > position ? entries(read()) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void begin(Object newIdentity) {
        identity = newIdentity;
        position = 0;
        incomplete.reset();
    }

    /** Null on file systems that give none. */
    private Object identity() throws IOException {
        return Files.exists(file)
                ? Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey()
                : null;
    }

    private byte[] read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(position);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) position = channel.position();
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Only whole lines; the rest waits for its end. */
    private List<LogEntry> entries(byte[] bytes) {
        incomplete.writeBytes(bytes);
        byte[] all = incomplete.toByteArray();
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') end--;
        incomplete.reset();
        incomplete.write(all, end, all.length - end);
        List<LogEntry> entries = new ArrayList<>();
        LogLines lines = new LogLines(entries::add);
        new String(all, 0, end, StandardCharsets.UTF_8).lines().forEach(lines::line);
        lines.end();
        return entries;
    }
}
