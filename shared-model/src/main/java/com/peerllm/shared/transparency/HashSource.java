package com.peerllm.shared.transparency;

import java.io.IOException;

/** Where the hashes of the log's complete subtrees come from. */
@FunctionalInterface
public interface HashSource {
    /**
     * The root of the complete subtree over the 2^{@code level} leaves that begin with leaf {@code index} × 2^{@code level}.
     *
     * @param level 0 for a leaf's own hash, at most 62
     * @throws IOException when it cannot be read
     */
    TreeHash hash(int level, long index) throws IOException;
}
