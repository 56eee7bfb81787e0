package com.peerllm.host.published;

import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A file with a detached Ed25519 signature over exactly its bytes: {@code FILE} and {@code FILE.sig}, on a disk as at an
 * address. It is believed only with a signature by the key that the program carries.
 */
public record SignedFile(byte[] content, String signature) {
    /** Some hundred models or releases; more is neither. */
    public static final int MOST_BYTES = 4 << 20;

    public static final int MOST_SIGNATURE_BYTES = 1024;
    public static final String SIGNATURE_ENDING = ".sig";

    public static SignedFile signed(byte[] content, PeerIdentity by) {
        return new SignedFile(content, Base64.getUrlEncoder().withoutPadding().encodeToString(by.sign(content)));
    }

    /** @throws UnbelievedFile with what is wrong with it */
    public byte[] verified(PeerKey key) {
        if (content.length > MOST_BYTES) throw new UnbelievedFile("it is larger than such a file can be");
        if (!key.verifies(content, signatureBytes()))
            throw new UnbelievedFile("its signature is not that of the PeerLLM maintainers");
        return content;
    }

    private byte[] signatureBytes() {
        try {
            return Base64.getUrlDecoder().decode(signature.strip());
        } catch (IllegalArgumentException e) {
            throw new UnbelievedFile("its signature is damaged", e);
        }
    }

    public static Path signatureOf(Path file) {
        return file.resolveSibling(file.getFileName() + SIGNATURE_ENDING);
    }

    /** @throws UnbelievedFile when it is too large to be one */
    public static SignedFile read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES || Files.size(signatureOf(file)) > MOST_SIGNATURE_BYTES)
            throw new UnbelievedFile("it is larger than such a file can be");
        return new SignedFile(Files.readAllBytes(file), Files.readString(signatureOf(file)));
    }

    /** For a maintainer, who copies both files to a server; anybody may read them. */
    public void publish(Path file) throws IOException {
        Files.write(file, content);
        Files.writeString(signatureOf(file), signature.strip() + "\n");
    }

    /** The signature last: between the two writes the pair does not hold, and is not believed. */
    public void write(Path file) throws IOException {
        OwnerOnly.createFolder(file.toAbsolutePath().getParent());
        AtomicFile.write(file, content);
        AtomicFile.write(signatureOf(file), (signature.strip() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
