package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;

/**
 * One model file as the database remembers it.
 *
 * @param sizeBytes when the digest was computed
 * @param modifiedMillis the file's time when the digest was computed
 * @param madeHere true when this program wrote the file, and so may delete it
 */
public record ModelRow(
        ModelDigest digest,
        String name,
        Path path,
        long sizeBytes,
        long modifiedMillis,
        boolean madeHere,
        long addedAtMillis) {}
