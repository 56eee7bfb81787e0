package com.peerllm.host.platform;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One secret in a file that only its owner can read. Read anew each time, so that another program of the person can change it. */
public final class SecretFile {
    private static final long MOST_BYTES = 4096;

    private final Path file;

    public SecretFile(Path file) {
        this.file = file;
    }

    /** @return nothing when there is no file, or nothing in it */
    public Optional<String> read() {
        try {
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) return Optional.empty();
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            return secret.isEmpty() ? Optional.empty() : Optional.of(secret);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken("read", e);
        }
    }

    public void write(String secret) {
        try {
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            AtomicFile.write(file, (secret + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw broken("written", e);
        }
    }

    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw broken("deleted", e);
        }
    }

    private HostException broken(String what, IOException cause) {
        return new HostException(
                Problem.DATA_FOLDER_BROKEN,
                "The key in " + file + " cannot be " + what + ". Check its permissions.",
                cause);
    }

    @Override
    public String toString() {
        return "SecretFile[" + file.getFileName() + "]";
    }
}
