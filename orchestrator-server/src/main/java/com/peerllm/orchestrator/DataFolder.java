package com.peerllm.orchestrator;

import com.peerllm.orchestrator.ledger.SecretFolder;
import com.peerllm.orchestrator.payouts.PayeeFolder;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator's own files: its key, and the note by which the command line finds it while it runs. */
final class DataFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /** @throws StartException when the folder cannot be made or written */
    DataFolder(Path folder) {
        this.folder = folder;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                if (isPosix()) Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    "The data folder " + folder + " cannot be made. Choose another with --data.",
                    e);
        }
    }

    /**
     * Where a running orchestrator is.
     *
     * @param url its address on this computer
     * @param adminToken proves that the caller can read this folder
     */
    record Running(String url, String adminToken, long pid) {}

    /** Reads the key, or makes one at the first start. A damaged key is never replaced. */
    PeerIdentity identity() {
        Path file = folder.resolve("orchestrator.key");
        try {
            return PeerIdentity.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            PeerIdentity fresh = PeerIdentity.generate();
            writeOwnerOnly(file, fresh.secretText() + "\n");
            return fresh;
        } catch (InvalidKey | IOException e) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    "The key file " + file + " cannot be read. Restore it from a backup; a new key would make the old"
                            + " receipts look foreign.",
                    e);
        }
    }

    /** Without which the transparency log cannot say who a consumer is. */
    SecretFolder consumerSecrets(SecureRandom random) {
        return new SecretFolder(folder.resolve("consumers"), random);
    }

    /** How hosts and creators are paid: personal, and therefore in no database. */
    PayeeFolder payees() {
        return new PayeeFolder(folder.resolve("payees"));
    }

    /** Where the files for payment providers are until they are settled. */
    Path payoutFiles() {
        return folder.resolve("payouts");
    }

    /** The files of the transparency log, which anybody may copy. */
    Path log() {
        return folder.resolve("log");
    }

    void announce(Running running) {
        writeOwnerOnly(runningFile(), JSON.writeValueAsString(running) + "\n");
    }

    void withdraw() {
        try {
            Files.deleteIfExists(runningFile());
        } catch (IOException e) {
            // A note that stays behind is harmless: whoever reads it finds nobody at the address.
        }
    }

    Optional<Running> running() {
        try {
            return Optional.of(JSON.readValue(Files.readString(runningFile()), Running.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean isPosix() throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix");
    }

    private Path runningFile() {
        return folder.resolve("running.json");
    }

    private void writeOwnerOnly(Path file, String text) {
        try {
            Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
            if (isPosix()) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    "The file " + file + " cannot be written (" + e.getClass().getSimpleName()
                            + "). Check free space and permissions, or choose another folder with --data.",
                    e);
        }
    }
}
