package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The files of consumers' secrets, named by the SHA-256 of the owner. Each holds the secret in hex and the beginning of its
 * SHA-256, so that a damaged one is known. Whoever was erased has an empty file {@code .erased} instead. One caller at a time.
 */
final class SecretFiles {
    static final int SECRET_BYTES = 32;
    /** How a new file is opened. */
    static final Opener REAL = file -> FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private static final HexFormat HEX = HexFormat.of();
    private static final int CHECK_BYTES = 4;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final Opener opener;

    /** Opens a file for writing; tests put a full disk in its place. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** A file that is not what was written. */
    static final class Damaged extends IOException {
        Damaged(Path file) {
            super(file + " is not a consumer's secret");
        }
    }

    SecretFiles(Path folder, Opener opener) {
        this.folder = folder;
        this.opener = opener;
    }

    Path fileOf(String owner) {
        return folder.resolve(HEX.formatHex(Sha256.of(owner.getBytes(StandardCharsets.UTF_8))));
    }

    private Path erasureOf(String owner) {
        return folder.resolve(fileOf(owner).getFileName() + ".erased");
    }

    /** @throws java.nio.file.NoSuchFileException when there is none */
    byte[] read(String owner) throws IOException {
        Path file = fileOf(owner);
        byte[] text = Files.readAllBytes(file);
        try {
            byte[] all = HEX.parseHex(new String(text, StandardCharsets.US_ASCII).strip());
            byte[] secret = Arrays.copyOf(all, SECRET_BYTES);
            if (Arrays.equals(all, withCheck(secret))) return secret;
        } catch (IllegalArgumentException e) {
            throw new Damaged(file);
        }
        throw new Damaged(file);
    }

    /** When this returns, no crash undoes it; when it fails, there is no such file. */
    void write(String owner, byte[] secret) throws IOException {
        makeFolder();
        Path part = folder.resolve("new.part");
        try (FileChannel channel = opener.open(part)) {
            if (POSIX) Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            ByteBuffer text =
                    ByteBuffer.wrap((HEX.formatHex(withCheck(secret)) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) channel.write(text);
            channel.force(true);
        }
        Files.move(part, fileOf(owner), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    /** When this returns, no crash brings the secret back. */
    void erase(String owner) throws IOException {
        makeFolder();
        if (!isErased(owner)) Files.createFile(erasureOf(owner));
        Files.deleteIfExists(fileOf(owner));
        forceFolder();
    }

    boolean isErased(String owner) {
        return Files.exists(erasureOf(owner));
    }

    /** Someone uses the name anew. */
    void forgetErasure(String owner) throws IOException {
        Files.deleteIfExists(erasureOf(owner));
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder);
        if (POSIX) Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Names of files are kept by their folder; where a folder cannot be opened (Windows), the system keeps them itself. */
    private void forceFolder() throws IOException {
        if (!POSIX) return;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static byte[] withCheck(byte[] secret) {
        byte[] all = Arrays.copyOf(secret, SECRET_BYTES + CHECK_BYTES);
        System.arraycopy(Sha256.of(secret), 0, all, SECRET_BYTES, CHECK_BYTES);
        return all;
    }
}
