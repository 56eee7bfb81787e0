package com.peerllm.host.platform;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a data folder to one program at a time; the operating system frees it when the program ends, however it ends. */
public final class InstanceLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InstanceLock.class);

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws HostException {@code DATA_FOLDER_IN_USE} when another program has it */
    public static InstanceLock take(AppFolders folders) {
        return tryTake(folders)
                .orElseThrow(() -> new HostException(
                        Problem.DATA_FOLDER_IN_USE,
                        "Another PeerLLM host uses the data folder " + folders.data()
                                + ". Stop it first, or give this one its own folder with --data."));
    }

    /** The lock, or nothing when another program has it. */
    public static Optional<InstanceLock> tryTake(AppFolders folders) {
        return tryTake(folders.lock());
    }

    /** The lock of something else, in its own folder. */
    public static Optional<InstanceLock> tryTake(Path file) {
        try {
            OwnerOnly.createFolder(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file(file));
            return locked(channel) ? Optional.of(new InstanceLock(channel)) : Optional.empty();
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The data folder " + file.getParent() + " cannot be written (" + reason(e)
                            + "). Check its permissions and the free disk space, or choose another with --data.",
                    e);
        }
    }

    /** Whether another program has it now; makes nothing in a folder that nobody used yet. */
    public static boolean isTaken(AppFolders folders) {
        if (!Files.exists(folders.lock())) return false;
        Optional<InstanceLock> free = tryTake(folders);
        free.ifPresent(InstanceLock::close);
        return free.isEmpty();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) return true;
        } catch (OverlappingFileLockException e) {
            log.debug("This same program has the lock already", e);
        }
        channel.close();
        return false;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("The lock of the data folder could not be closed", e);
        }
    }
}
