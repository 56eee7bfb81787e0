package com.peerllm.shared.transparency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the tiles and bundles of a growing log. Keeps the rightmost tile of each level, and what was completed until {@link
 * #takeAdded} fetches it: fetch at least every few thousand leaves. For one thread at a time.
 */
public final class TileBuilder {
    /**
     * A tile with its content.
     *
     * @param bytes belongs to whoever took it
     */
    public record Content(Tile tile, byte[] bytes) {}

    private final TreeBuilder tree;
    private final ByteArrayOutputStream[] hashes = new ByteArrayOutputStream[Tile.MAX_LEVEL + 1];
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final List<Content> completed = new ArrayList<>();
    private final TreeHasher hasher = new TreeHasher();
    private long taken;

    /** Begins an empty log. */
    public TileBuilder() {
        this(new TreeBuilder());
    }

    private TileBuilder(TreeBuilder tree) {
        this.tree = tree;
        this.taken = tree.size();
        for (int level = 0; level < hashes.length; level++) hashes[level] = new ByteArrayOutputStream();
    }

    /** Goes on with a log of {@code size} leaves whose tiles {@code source} has. Reads the partial tiles, not the others. */
    public static TileBuilder resume(long size, TileSource source) throws IOException {
        TileBuilder builder = new TileBuilder(TreeBuilder.resume(size, new TiledHashes(source, size)));
        for (Tile tile : Tiles.partial(size)) {
            byte[] bytes = source.read(tile);
            if (tile.isEntries()) {
                EntryBundle.decode(bytes, tile.width());
                builder.entries.writeBytes(bytes);
            } else {
                builder.hashes[tile.level()].writeBytes(bytes);
            }
        }
        return builder;
    }

    /**
     * Adds a leaf.
     *
     * @throws IllegalArgumentException when it has more than {@link EntryBundle#MAX_ENTRY_BYTES}
     */
    public void append(byte[] entry) {
        EntryBundle.append(entries, entry);
        TreeHash leaf = tree.append(entry);
        if (tree.size() % Tile.WIDTH == 0) complete(Tile.ENTRIES, entries);
        TreeHash hash = leaf;
        for (int level = 0; level < hashes.length; level++) {
            hashes[level].writeBytes(hash.shared());
            if (hashes[level].size() < Tile.WIDTH * TreeHash.BYTES) return;
            byte[] full = complete(level, hashes[level]);
            hash = root(full, 0, Tile.WIDTH);
        }
    }

    private byte[] complete(int level, ByteArrayOutputStream content) {
        byte[] bytes = content.toByteArray();
        content.reset();
        completed.add(new Content(
                new Tile(level, Tiles.hashes(level, tree.size()) / Tile.WIDTH - 1, Tile.WIDTH), bytes));
        return bytes;
    }

    private TreeHash root(byte[] tile, int first, int width) {
        if (width == 1) return TreeHash.at(tile, first * TreeHash.BYTES);
        int half = width / 2;
        return hasher.node(root(tile, first, half), root(tile, first + half, half));
    }

    /**
     * What came since the last time, entries and lower levels first: the tiles that are full now, and the partial ones as they are
     * now. These are the tiles of {@link Tiles#added}; a checkpoint may be shown when they are written.
     */
    public List<Content> takeAdded() {
        List<Content> added = new ArrayList<>(completed);
        completed.clear();
        for (Tile tile : Tiles.partial(tree.size())) {
            if (Tiles.hashes(tile.level(), taken) == Tiles.hashes(tile.level(), tree.size())) continue;
            added.add(new Content(tile, (tile.isEntries() ? entries : hashes[tile.level()]).toByteArray()));
        }
        taken = tree.size();
        return added;
    }

    public long size() {
        return tree.size();
    }

    public TreeHash root() {
        return tree.root();
    }
}
