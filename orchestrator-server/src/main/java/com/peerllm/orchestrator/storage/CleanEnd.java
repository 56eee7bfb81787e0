package com.peerllm.orchestrator.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside the embedded database that is locked while it is open, and empty only after it was closed: whoever finds something
 * in it at the start knows of a crash, and that nobody else has the database open.
 */
final class CleanEnd {
    private static final Logger LOG = LoggerFactory.getLogger(CleanEnd.class);

    private final FileChannel mark;
    private final boolean wasClean;

    private CleanEnd(FileChannel mark, boolean wasClean) {
        this.mark = mark;
        this.wasClean = wasClean;
    }

    /** @return empty when another program has it */
    static Optional<CleanEnd> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel mark = FileChannel.open(
                folder.resolve("orchestrator.open"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = mark.tryLock();
            if (lock != null) {
                boolean wasClean = mark.size() == 0;
                mark.write(ByteBuffer.wrap(new byte[] {'1'}), 0);
                return Optional.of(new CleanEnd(mark, wasClean));
            }
        } catch (OverlappingFileLockException e) {
            // This very program has it.
        } catch (IOException e) {
            mark.close();
            throw e;
        }
        mark.close();
        return Optional.empty();
    }

    boolean wasClean() {
        return wasClean;
    }

    /** Everything is written. */
    void closed() {
        try {
            mark.truncate(0);
        } catch (IOException e) {
            LOG.warn("The next start will distrust the tables: orchestrator.open cannot be emptied", e);
        }
        letGo();
    }

    /** As after a crash. */
    void letGo() {
        try {
            mark.close();
        } catch (IOException e) {
            LOG.warn("orchestrator.open cannot be closed", e);
        }
    }
}
