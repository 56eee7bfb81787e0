package com.peerllm.host.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a file so that a reader, and the computer after a power cut, finds the old content or the new, never a part:
 * write beside it, force to disk, rename. The file is its owner's only.
 */
public final class AtomicFile {
    private static final Logger log = LoggerFactory.getLogger(AtomicFile.class);

    private AtomicFile() {}

    public static void write(Path file, byte[] content) throws IOException {
        Path beside = temporaryBeside(file);
        Files.deleteIfExists(beside);
        try {
            try (FileChannel out = create(beside)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) out.write(rest);
                out.force(true);
            }
            moveInto(file, beside);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A new file that only its owner can read. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(file));
    }

    /** Where content of {@code file} is written before it is complete. */
    public static Path temporaryBeside(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Gives a complete, forced file its name, and forces the name. */
    public static void moveInto(Path file, Path complete) throws IOException {
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            log.debug("This file system cannot rename at once; replacing", e);
            Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
        }
        forceNames(file.toAbsolutePath().getParent());
    }

    /** Windows cannot open a folder for this; there the rename itself is journalled. */
    private static void forceNames(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) return;
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
