package com.peerllm.shared.transparency;

import java.io.IOException;

/** Where a log's tiles and bundles come from: a folder, an address, memory. */
@FunctionalInterface
public interface TileSource {
    /**
     * The content of exactly this tile. A source that no longer has a partial tile may cut it from the full one (of hashes: the
     * first {@link Tile#hashBytes()}).
     *
     * @throws IOException when there is no such tile or it cannot be read
     */
    byte[] read(Tile tile) throws IOException;
}
