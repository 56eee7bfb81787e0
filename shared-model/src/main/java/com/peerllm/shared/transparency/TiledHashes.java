package com.peerllm.shared.transparency;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a log of a given size, read from its tiles; those between the levels of tiles are computed. A proof reads about
 * one tile for every eight levels of the tree. Keeps the last tiles that it read; for one thread at a time.
 *
 * <p>What the tiles say is believed: a proof made of damaged tiles does not verify, and that is how it is noticed.
 */
public final class TiledHashes implements HashSource {
    /** Enough for any one proof: two on each level of tiles. */
    private static final int KEPT_TILES = 16;

    private final TreeHasher hasher = new TreeHasher();
    private final TileSource tiles;
    private final long size;
    private final Map<Tile, byte[]> kept = new LinkedHashMap<>(KEPT_TILES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
            return size() > KEPT_TILES;
        }
    };

    /** @param size number of leaves of the log that the tiles are of */
    public TiledHashes(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    @Override
    public TreeHash hash(int level, long index) throws IOException {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0 || index >= size >> level) {
            throw new IllegalArgumentException(
                    "A tree of " + size + " leaves has no subtree " + index + " of level " + level);
        }
        int tileLevel = level / Tile.HEIGHT;
        int height = level % Tile.HEIGHT;
        long first = index << height;
        Tile tile = Tiles.at(tileLevel, first / Tile.WIDTH, Tiles.hashes(tileLevel, size));
        return within(bytes(tile), (int) (first % Tile.WIDTH), 1 << height);
    }

    /** The root over {@code width} hashes of a tile, a power of two of them. */
    private TreeHash within(byte[] tile, int first, int width) {
        if (width == 1) return TreeHash.at(tile, first * TreeHash.BYTES);
        int half = width / 2;
        return hasher.node(within(tile, first, half), within(tile, first + half, half));
    }

    private byte[] bytes(Tile tile) throws IOException {
        byte[] bytes = kept.get(tile);
        if (bytes != null) return bytes;
        bytes = tiles.read(tile);
        if (bytes.length != tile.hashBytes()) {
            throw new InvalidLogData(tile + " has " + bytes.length + " bytes instead of " + tile.hashBytes());
        }
        kept.put(tile, bytes);
        return bytes;
    }
}
