package com.peerllm.host.listings;

import java.nio.file.Path;

/**
 * What is on offer: a model file or a folder of data, where it lies on this computer.
 *
 * @param files in it; 1 for a model
 * @param sizeBytes of all of them, as they were when it was looked at
 */
public record Offering(Kind kind, Path path, long files, long sizeBytes) {

    /** What a buyer gets. */
    public enum Kind {
        MODEL,
        DATA
    }
}
