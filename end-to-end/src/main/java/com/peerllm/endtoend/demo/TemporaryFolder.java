package com.peerllm.endtoend.demo;

import com.peerllm.endtoend.process.ProgramException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder that is gone after use. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    TemporaryFolder(String name) {
        try {
            path = Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new ProgramException("No temporary folder can be made: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /** Deletes it with everything in it; safe to call twice, from two threads too. */
    @Override
    public synchronized void close() {
        if (!Files.exists(path)) return;
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    if (failure != null) throw failure;
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new ProgramException("The temporary folder " + path + " could not be deleted; delete it by hand.", e);
        }
    }
}
