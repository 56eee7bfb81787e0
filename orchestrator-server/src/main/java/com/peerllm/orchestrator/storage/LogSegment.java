package com.peerllm.orchestrator.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one file of the change log: lines with consecutive numbers, the first of which is the file's name. */
final class LogSegment {
    private static final String ENDING = ".log";

    private final Path file;

    LogSegment(Path file) {
        this.file = file;
    }

    static boolean isOne(Path file) {
        return file.getFileName().toString().matches("\\d{19}\\" + ENDING);
    }

    static Path fileOf(Path folder, long firstNumber) {
        return folder.resolve("%019d".formatted(firstNumber) + ENDING);
    }

    long firstNumber() {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
    }

    /**
     * Hands over the records in order.
     *
     * @return how far the whole records reach; what follows them was being written when the program ended
     * @throws StorageException when a record is wrong that others follow, or a number is missing
     */
    Extent read(Consumer<LogRecord> records) throws IOException {
        long expected = firstNumber();
        long good = 0;
        boolean broken = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
                Optional<LogRecord> record = LogRecord.parse(line.get());
                if (record.isEmpty()) {
                    broken = true;
                } else if (broken || record.get().number() != expected) {
                    throw damaged(expected);
                } else {
                    records.accept(record.get());
                    expected++;
                    good += line.get().length + 1;
                }
            }
        }
        return new Extent(expected - 1, good, Files.size(file) > good);
    }

    /** The next line; none at the end of the file, nor when it lacks its line feed. */
    private static Optional<byte[]> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') return Optional.of(line.toByteArray());
            line.write(next);
        }
        return Optional.empty();
    }

    /** Says that a change of this file cannot be read. */
    StorageException damaged(long number) {
        return new StorageException(
                StorageException.Code.DAMAGED,
                "Change " + number + " in " + file + " is damaged or missing. Restore the data folder from a backup.");
    }

    /**
     * How far a segment reaches.
     *
     * @param lastNumber one less than the first when it is empty
     * @param bytes length of its whole records
     * @param brokenAfter whether anything follows them
     */
    record Extent(long lastNumber, long bytes, boolean brokenAfter) {}
}
