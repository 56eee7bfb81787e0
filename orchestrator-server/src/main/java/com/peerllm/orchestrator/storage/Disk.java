package com.peerllm.orchestrator.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk under an embedded database; tests put one in its place that fails.
 *
 * @param h2Prefix how a database address begins that lies on it
 * @param log opens a file of the change log, for reading and writing, and makes it when there is none
 * @param logFileBytes a file of the change log that is longer is followed by another
 */
record Disk(String h2Prefix, Opener log, long logFileBytes) {
    static final Disk REAL = new Disk(
            "jdbc:h2:file:",
            file -> FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            64L << 20);

    /** Opens one file. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }
}
