package com.peerllm.host.modelstore;

import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;

/**
 * A model that this host knows.
 *
 * @param name unique here; what a person types
 * @param madeHere true when this program wrote the file, and so may delete it
 */
public record StoredModel(
        String name, ModelDigest digest, Path path, long sizeBytes, boolean madeHere, Presence presence) {

    /** Whether the file is as it was when it was checked. */
    public enum Presence {
        PRESENT,
        /** Something else is there under the name; it is checked anew before it is served. */
        CHANGED,
        MISSING
    }
}
