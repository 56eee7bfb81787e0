package com.peerllm.orchestrator;

import com.peerllm.shared.audit.AuditState;
import com.peerllm.shared.transparency.InvalidLogData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Keeps where an audit ended in a file, which is replaced as a whole. */
record AuditStateFile(Optional<Path> file) {

    /** @throws StartException when there is a file, and it is damaged or cannot be read */
    Optional<AuditState> read(Duration mostBackwards) {
        if (file.isEmpty()) return Optional.empty();
        try (InputStream in = Files.newInputStream(file.get())) {
            return Optional.of(AuditState.read(in, mostBackwards, new SecureRandom()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidLogData e) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    e.getMessage() + " (" + file.get() + "). Move it away to audit from the beginning.",
                    e);
        } catch (IOException e) {
            throw new StartException(ExitCode.DATA_FOLDER, "The file " + file.get() + " cannot be read.", e);
        }
    }

    /** Without a state the file stays as it is: what a log once said is the proof against what it says now. */
    void write(Optional<AuditState> state) {
        if (file.isEmpty() || state.isEmpty()) return;
        Path target = file.get().toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                            part,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    OutputStream out = Channels.newOutputStream(channel)) {
                state.get().write(out);
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartException(ExitCode.DATA_FOLDER, "The file " + target + " cannot be written.", e);
        }
    }
}
