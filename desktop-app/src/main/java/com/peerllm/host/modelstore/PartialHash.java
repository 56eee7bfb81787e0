package com.peerllm.host.modelstore;

import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The SHA-256 of what was received from the first byte on by this program. It outlives a broken connection, not the program:
 * after a restart the whole file is read again. For one thread at a time.
 */
final class PartialHash {
    private MessageDigest digest = Sha256.digest();
    private long coveredBytes;

    /** The file has so many bytes now, whatever was hashed. */
    void at(long fileBytes) {
        if (coveredBytes == fileBytes) return;
        digest = Sha256.digest();
        coveredBytes = fileBytes == 0 ? 0 : Long.MIN_VALUE;
    }

    void add(ByteBuffer bytes) {
        if (coveredBytes < 0) return;
        coveredBytes += bytes.remaining();
        digest.update(bytes);
    }

    /** Ends the hashing; empty when not every byte went through here. */
    Optional<ModelDigest> ofWhole(long fileBytes) {
        if (coveredBytes != fileBytes) return Optional.empty();
        coveredBytes = Long.MIN_VALUE;
        return Optional.of(ModelDigest.of(digest.digest()));
    }
}
