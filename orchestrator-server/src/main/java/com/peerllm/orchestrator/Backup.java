package com.peerllm.orchestrator;

import com.peerllm.orchestrator.storage.JournalCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Copies a data folder, also while an orchestrator works in it. The order is what makes the copy one that an orchestrator can go on
 * from: first what was published, then the journal, which is never behind it, then the secrets of everybody whom the journal
 * names.
 */
final class Backup {
    private final Path data;
    private final Path target;
    private final Runnable afterEachPart;
    private long bytes;

    private Backup(Path data, Path target, Runnable afterEachPart) {
        this.data = data;
        this.target = target;
        this.afterEachPart = afterEachPart;
    }

    /**
     * What a backup holds.
     *
     * @param changes in the journal; 0 when the database is elsewhere
     */
    record Content(long changes, long bytes) {}

    /**
     * Makes one.
     *
     * @param to a folder that is not there yet; it is there when all of it is
     * @param embedded whether the database is in the data folder too
     * @throws StartException when a file cannot be read or written
     */
    static Content of(Path data, Path to, boolean embedded) {
        return of(data, to, embedded, () -> {});
    }

    /** @param afterEachPart what tests do meanwhile */
    static Content of(Path data, Path to, boolean embedded, Runnable afterEachPart) {
        if (!Files.exists(data.resolve("orchestrator.key"))) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    "There is no orchestrator's key in " + data + ". Name its folder with --data.");
        }
        if (Files.exists(to)) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    to + " is there already. Name a folder that is not: a backup replaces nothing.");
        }
        Path unfinished = to.resolveSibling(to.getFileName() + ".unfinished");
        try {
            Content content = new Backup(data, makeOwnerOnly(unfinished), afterEachPart).make(embedded);
            Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
            return content;
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    "The backup cannot be made (" + e + "). Check free space and permissions, and delete " + unfinished
                            + ".",
                    e);
        }
    }

    private Content make(boolean embedded) throws IOException {
        copyIfThere("log/checkpoint");
        copyTree("log");
        // A payment file is deleted when its batch is settled; the journal's copy may be from before or after.
        copyTree("payouts");
        long changes = embedded ? new JournalCopy(data).to(target) : 0;
        if (embedded) bytes += size(target.resolve("journal"));
        afterEachPart.run();
        copyTree("payouts");
        copyTree("payees");
        copyTree("consumers");
        copyIfThere("orchestrator.key");
        return new Content(changes, bytes);
    }

    private void copyIfThere(String name) throws IOException {
        Path file = data.resolve(name);
        if (!Files.exists(file)) return;
        Path copy = target.resolve(name);
        Files.createDirectories(copy.getParent());
        copyFile(file, copy);
        afterEachPart.run();
    }

    /** What goes away meanwhile is left out; what is in the backup already stays as it is. */
    private void copyTree(String name) throws IOException {
        Path folder = data.resolve(name);
        if (!Files.isDirectory(folder)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path copy = target.resolve(data.relativize(directory));
                if (!Files.exists(copy)) Files.copy(directory, copy, StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(data.relativize(file));
                if (!Files.exists(copy) && !isBeingWritten(file)) copyFile(file, copy);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw failure;
            }
        });
        afterEachPart.run();
    }

    private static boolean isBeingWritten(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".new") || name.endsWith(".part");
    }

    private void copyFile(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            // A part of the log that has become whole, or a payment file whose batch is settled.
            return;
        }
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
            bytes += channel.size();
        }
    }

    private static long size(Path folder) throws IOException {
        long all = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) all += Files.size(file);
        }
        return all;
    }

    private static Path makeOwnerOnly(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }
}
