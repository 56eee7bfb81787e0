package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileSource;
import java.io.IOException;

/**
 * The published files of one log (C2SP tlog-tiles): from a folder, over a network, out of memory. May be called by several
 * threads at once. Must not give back more than {@link #mostBytes} of a tile.
 */
public interface LogFiles extends TileSource {
    /** A leaf's length, and its length's own two bytes. */
    int MOST_BYTES_OF_AN_ENTRY = 2 + com.peerllm.shared.transparency.LogLeaf.MAX_BYTES;

    /**
     * The newest checkpoint, with its signatures.
     *
     * @throws MissingFile when there is none
     * @throws IOException when it cannot be read now
     */
    byte[] checkpoint() throws IOException;

    /**
     * @throws MissingFile when there is no such tile
     * @throws com.peerllm.shared.transparency.InvalidLogData when it is longer than any tile of this width may be
     * @throws IOException when it cannot be read now
     */
    @Override
    byte[] read(Tile tile) throws IOException;

    /** The longest content that a tile of this level and width can have. */
    static int mostBytes(Tile tile) {
        return tile.isEntries() ? tile.width() * MOST_BYTES_OF_AN_ENTRY : tile.hashBytes();
    }
}
