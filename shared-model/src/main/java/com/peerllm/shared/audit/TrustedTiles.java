package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.HashSource;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.Tiles;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tiles of hashes of a log, each checked before anybody sees it, from the signed root down: the partial tiles at the right
 * edge come to the root, and a full tile comes to its hash in the tile above. So a damaged file is named itself, and not what it
 * is compared with. Safe for several threads.
 */
final class TrustedTiles {
    /** Of the levels above the leaves; one serves 65,536 leaves or more. */
    private static final int KEPT_TILES = 64;

    private final LogFiles files;
    private final Checkpoint checkpoint;
    private final Map<Tile, byte[]> edge = new LinkedHashMap<>();
    private final Map<Tile, byte[]> kept = new LinkedHashMap<>(KEPT_TILES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
            return size() > KEPT_TILES;
        }
    };

    private TrustedTiles(LogFiles files, Checkpoint checkpoint) {
        this.files = files;
        this.checkpoint = checkpoint;
    }

    /** Reads the right edge and compares it with the root. */
    static TrustedTiles open(LogFiles files, Checkpoint checkpoint) throws IOException, BadLog {
        TrustedTiles tiles = new TrustedTiles(files, checkpoint);
        for (Tile tile : Tiles.partial(checkpoint.size())) {
            if (!tile.isEntries()) tiles.edge.put(tile, tiles.read(tile));
        }
        TreeHash root = new TreeProver(tiles.edgeHashes()).root(checkpoint.size());
        if (!root.equals(checkpoint.root())) throw new BadLog(tiles.findBadEdge(root));
        return tiles;
    }

    private HashSource edgeHashes() {
        return new TiledHashes(edge::get, checkpoint.size());
    }

    /** Hashes at any place of the log, checked. */
    HashSource hashes() {
        return new TiledHashes(
                tile -> {
                    try {
                        return bytes(tile);
                    } catch (BadLog e) {
                        throw new InvalidLogData(e.fault().sentence(), e);
                    }
                },
                checkpoint.size());
    }

    /** A tile whose content is what the signed root says. */
    byte[] bytes(Tile tile) throws IOException, BadLog {
        if (tile.isPartial()) return edge.get(tile);
        synchronized (kept) {
            byte[] known = kept.get(tile);
            if (known != null) return known;
        }
        byte[] bytes = read(tile);
        Tile above = Tiles.holding(tile.level() + 1, tile.index(), checkpoint.size());
        TreeHash expected = TreeHash.at(bytes(above), (int) (tile.index() % Tile.WIDTH) * TreeHash.BYTES);
        TreeHash found = rootOf(bytes);
        if (!found.equals(expected)) {
            throw new BadLog(
                    Fault.ofFile(tile.path(), "The tile is not what " + above + " and the root say.", expected, found));
        }
        if (tile.level() > 0) {
            synchronized (kept) {
                kept.put(tile, bytes);
            }
        }
        return bytes;
    }

    private byte[] read(Tile tile) throws IOException, BadLog {
        byte[] bytes = bytesOf(files, tile);
        if (bytes.length == tile.hashBytes()) return bytes;
        throw new BadLog(Fault.ofFile(
                tile.path(), "The tile has the wrong length.", tile.hashBytes() + " bytes", bytes.length + " bytes"));
    }

    /** What the checkpoint promises must be there. */
    static byte[] bytesOf(LogFiles files, Tile tile) throws IOException, BadLog {
        try {
            return files.read(tile);
        } catch (MissingFile e) {
            throw new BadLog(Fault.ofFile(tile.path(), "The checkpoint promises this file, and it is not there."));
        } catch (InvalidLogData e) {
            throw new BadLog(Fault.ofFile(tile.path(), e.getMessage() + "."));
        }
    }

    /** The right edge does not come to the root: says which of its tiles differs from what is below it. */
    private Fault findBadEdge(TreeHash root) throws IOException {
        for (Map.Entry<Tile, byte[]> entry : edge.entrySet()) {
            Tile tile = entry.getKey();
            for (int i = 0; i < tile.width() && tile.level() > 0; i++) {
                Tile below = new Tile(tile.level() - 1, tile.index() * Tile.WIDTH + i, Tile.WIDTH);
                TreeHash found = TreeHash.at(entry.getValue(), i * TreeHash.BYTES);
                try {
                    TreeHash expected = rootOf(read(below));
                    if (!found.equals(expected)) {
                        return Fault.ofFile(
                                tile.path(), "Hash " + i + " is not that of " + below + ".", expected, found);
                    }
                } catch (BadLog e) {
                    return e.fault();
                }
            }
        }
        return findBadLeafEdge(root);
    }

    private Fault findBadLeafEdge(TreeHash root) throws IOException {
        for (Map.Entry<Tile, byte[]> entry : edge.entrySet()) {
            Tile tile = entry.getKey();
            if (tile.level() > 0) continue;
            Tile bundle = Tile.entries(tile.index(), tile.width());
            try {
                BundleReader reader = new BundleReader(bundle, bytesOf(files, bundle));
                TreeHasher hasher = new TreeHasher();
                for (int i = 0; i < tile.width(); i++) {
                    TreeHash expected = hasher.leaf(reader.next());
                    TreeHash found = TreeHash.at(entry.getValue(), i * TreeHash.BYTES);
                    if (expected.equals(found)) continue;
                    return Fault.ofFile(tile.path(), "Hash " + i + " is not that of its entry.", expected, found);
                }
            } catch (BadLog e) {
                return e.fault();
            }
        }
        return Fault.ofFile("checkpoint", "The signed root is not that of the tiles.", root, checkpoint.root());
    }

    private static TreeHash rootOf(byte[] tile) {
        return rootOf(new TreeHasher(), tile, 0, Tile.WIDTH);
    }

    private static TreeHash rootOf(TreeHasher hasher, byte[] tile, int first, int width) {
        if (width == 1) return TreeHash.at(tile, first * TreeHash.BYTES);
        int half = width / 2;
        return hasher.node(rootOf(hasher, tile, first, half), rootOf(hasher, tile, first + half, half));
    }
}
