package com.peerllm.orchestrator.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every change of the embedded database since the first, in files that are only appended to. A change is forced to the
 * disk here before anyone hears of it; the database follows, and what it loses in a crash is done again from here.
 *
 * <p>Why not let H2 force its own file: docs/decisions/0013-change-log.md. One caller at a time.
 */
final class ChangeLog implements AutoCloseable {
    private final Path folder;
    private final Disk disk;
    private long lastNumber;
    private FileChannel current;
    private long goodBytes;
    private boolean unsure;

    private ChangeLog(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Opens the log, and cuts off what was being written when the program ended.
     *
     * @param applied the last change that the database holds; a log without files begins after it
     */
    static ChangeLog open(Path folder, Disk disk, long applied) throws IOException {
        Files.createDirectories(folder);
        ChangeLog log = new ChangeLog(folder, disk);
        List<LogSegment> segments = log.segments();
        if (segments.isEmpty()) {
            log.lastNumber = applied;
            log.begin(applied + 1);
        } else {
            LogSegment last = segments.getLast();
            LogSegment.Extent extent = last.read(record -> {});
            // The database follows the log, so a broken change that it holds was whole once, and is not cut off.
            if (extent.lastNumber() < applied && extent.brokenAfter()) throw last.damaged(extent.lastNumber() + 1);
            log.lastNumber = extent.lastNumber();
            log.goodBytes = extent.bytes();
            log.reopen(LogSegment.fileOf(folder, last.firstNumber()));
        }
        return log;
    }

    /** How large the log in this folder is; 0 when there is none. */
    static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return 0;
        long all = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(LogSegment::isOne).toList()) all += Files.size(file);
        }
        return all;
    }

    long lastNumber() {
        return lastNumber;
    }

    /**
     * Hands over all changes after one, up to and including another, in order. Changes may be added meanwhile.
     *
     * @throws StorageException when one of them is damaged or missing
     */
    void replay(long after, long through, Consumer<LogRecord> records) throws IOException {
        List<LogSegment> segments = segments();
        if (segments.getFirst().firstNumber() > after + 1) {
            throw new StorageException(
                    StorageException.Code.DAMAGED,
                    "The change log in " + folder + " begins with change "
                            + segments.getFirst().firstNumber() + ", but change " + (after + 1)
                            + " is needed. Restore the data folder from a backup.");
        }
        for (int i = 0; i < segments.size() && segments.get(i).firstNumber() <= through; i++) {
            boolean isLast = i + 1 == segments.size();
            if (!isLast && segments.get(i + 1).firstNumber() <= after + 1) continue;
            LogSegment segment = segments.get(i);
            LogSegment.Extent extent = segment.read(record -> {
                if (record.number() > after && record.number() <= through) records.accept(record);
            });
            long needed = isLast ? through : segments.get(i + 1).firstNumber() - 1;
            if (extent.lastNumber() < needed) throw segment.damaged(extent.lastNumber() + 1);
        }
    }

    /** The oldest change that is kept. */
    long firstNumber() throws IOException {
        return segments().getFirst().firstNumber();
    }

    /** Adds a change and forces it to the disk. When this fails, the change is not in the log. */
    void append(LogRecord record) throws IOException {
        if (record.number() != lastNumber + 1) throw new IllegalArgumentException("Not the next change");
        if (unsure) reopen(currentFile());
        if (goodBytes >= disk.logFileBytes()) begin(record.number());
        byte[] line = record.line();
        unsure = true;
        writeFully(ByteBuffer.wrap(line), goodBytes);
        current.force(false);
        unsure = false;
        goodBytes += line.length;
        lastNumber = record.number();
    }

    private void writeFully(ByteBuffer bytes, long from) throws IOException {
        long position = from;
        while (bytes.hasRemaining()) position += current.write(bytes, position);
    }

    private void begin(long firstNumber) throws IOException {
        if (current != null) current.close();
        goodBytes = 0;
        reopen(LogSegment.fileOf(folder, firstNumber));
        forceFolder();
    }

    /** After a failure nobody knows what is in the file behind the last good record, nor whether it is still open. */
    private void reopen(Path file) throws IOException {
        if (current != null) current.close();
        current = disk.log().open(file);
        if (current.size() > goodBytes) {
            current.truncate(goodBytes);
            current.force(true);
        }
        unsure = false;
    }

    private Path currentFile() throws IOException {
        return LogSegment.fileOf(folder, segments().getLast().firstNumber());
    }

    /** A new file's name is durable only when its folder is. Windows has no such step. */
    private void forceFolder() throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) return;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private List<LogSegment> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(LogSegment::isOne).sorted().map(LogSegment::new).toList();
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
