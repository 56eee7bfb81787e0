package com.peerllm.shared.transparency;

import java.util.Optional;

/**
 * The name of one static file of the log (C2SP tlog-tiles): up to 256 hashes of one level side by side, or, on the level {@link
 * #ENTRIES}, the contents of up to 256 leaves. A tile of level L holds the roots of the complete subtrees over 256^L leaves each.
 *
 * @param level 0 to 7, or {@link #ENTRIES}
 * @param index which tile of its level, from 0
 * @param width how many hashes or entries it has, 1 to 256; below 256 the tile is partial
 */
public record Tile(int level, long index, int width) {
    /** The level of the bundles that hold the leaves themselves; their place in the path is {@code entries}. */
    public static final int ENTRIES = -1;

    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** Levels of the tree in one tile: log2 of {@link #WIDTH}. */
    static final int HEIGHT = 8;

    /** The largest level that a tree of 2^63-1 leaves has. */
    static final int MAX_LEVEL = 7;

    private static final String PREFIX = "tile/";

    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL) throw new IllegalArgumentException("No tile has the level " + level);
        if (width < 1 || width > WIDTH) throw new IllegalArgumentException("No tile has the width " + width);
        if (index < 0) throw new IllegalArgumentException("A tile's index is 0 or more");
    }

    /** The full bundle of entries, or a partial one. */
    public static Tile entries(long index, int width) {
        return new Tile(ENTRIES, index, width);
    }

    public boolean isEntries() {
        return level == ENTRIES;
    }

    public boolean isPartial() {
        return width < WIDTH;
    }

    /** The tile that this one becomes part of when the log grows; itself when it is full. */
    public Tile full() {
        return isPartial() ? new Tile(level, index, WIDTH) : this;
    }

    /** Length of a tile of hashes. */
    public int hashBytes() {
        if (isEntries()) throw new IllegalStateException("A bundle of entries has no fixed length");
        return width * TreeHash.BYTES;
    }

    /** Where it is below the log's address, with {@code /} on every system: {@code tile/0/x001/x234/067.p/12}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        long rest = index;
        path.append(digits(rest % 1000));
        while ((rest /= 1000) > 0) path.insert(0, "x" + digits(rest % 1000) + "/");
        path.insert(0, PREFIX + (isEntries() ? "entries" : level) + "/");
        return isPartial() ? path.append(".p/").append(width).toString() : path.toString();
    }

    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(3 - digits.length()) + digits;
    }

    /** Reads what {@link #path()} writes, and nothing else. Never throws. */
    public static Optional<Tile> parse(String path) {
        try {
            String[] widthApart = path.split("\\.p/", -1);
            String[] parts = widthApart[0].split("/", -1);
            if (widthApart.length > 2 || parts.length < 3) return Optional.empty();
            int level = parts[1].equals("entries") ? ENTRIES : Integer.parseInt(parts[1]);
            long index = 0;
            for (int i = 2; i < parts.length; i++) {
                String part = i < parts.length - 1 && parts[i].startsWith("x") ? parts[i].substring(1) : parts[i];
                index = Math.addExact(Math.multiplyExact(index, 1000L), Integer.parseInt(part));
            }
            int width = widthApart.length == 2 ? Integer.parseInt(widthApart[1]) : WIDTH;
            Tile tile = new Tile(level, index, width);
            return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
