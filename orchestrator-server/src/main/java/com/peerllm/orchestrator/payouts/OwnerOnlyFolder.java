package com.peerllm.orchestrator.payouts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A folder of small files that nobody but the orchestrator's user may read: personal data that must not go into the change log,
 * because that is kept for ever. A file is there whole or not at all, and what was written is on the disk.
 */
final class OwnerOnlyFolder {
    private final Path folder;

    OwnerOnlyFolder(Path folder) {
        this.folder = folder;
    }

    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Takes the place of what was there. */
    void write(String name, String text) {
        try {
            make();
            // Such files are readable by their owner only.
            Path part = Files.createTempFile(folder, "new", ".part");
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw failed("deleted", e);
        }
    }

    private void make() throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** A new file's name is durable only when its folder is. Windows has no such step. */
    private void forceFolder() throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) return;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private PayoutException failed(String what, IOException failure) {
        return new PayoutException(
                PayoutException.Kind.UNAVAILABLE,
                "A file in " + folder + " cannot be " + what + " ("
                        + failure.getClass().getSimpleName() + "). Check free space and permissions.",
                failure);
    }
}
