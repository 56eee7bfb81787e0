package com.peerllm.shared.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which tiles a log of a given size has, and which come to it when it grows. */
public final class Tiles {
    private Tiles() {}

    /** How many hashes (entries, on {@link Tile#ENTRIES}) a log of {@code size} leaves has on a level of tiles. */
    public static long hashes(int level, long size) {
        return size >> Tile.HEIGHT * Math.max(0, level);
    }

    /** Every tile and bundle of a log of {@code size} leaves, level by level, from the entries up; made as they are asked for. */
    public static Stream<Tile> of(long size) {
        return IntStream.rangeClosed(Tile.ENTRIES, Tile.MAX_LEVEL)
                .boxed()
                .flatMap(level -> ofLevel(level, hashes(level, size)));
    }

    private static Stream<Tile> ofLevel(int level, long hashes) {
        long tiles = hashes / Tile.WIDTH + (hashes % Tile.WIDTH > 0 ? 1 : 0);
        return LongStream.range(0, tiles).mapToObj(index -> at(level, index, hashes));
    }

    /** The partial tiles and bundles of a log of {@code size} leaves: at most one for each level. */
    public static List<Tile> partial(long size) {
        List<Tile> partial = new ArrayList<>();
        for (int level = Tile.ENTRIES; level <= Tile.MAX_LEVEL; level++) {
            long hashes = hashes(level, size);
            if (hashes % Tile.WIDTH > 0) partial.add(at(level, hashes / Tile.WIDTH, hashes));
        }
        return partial;
    }

    /**
     * The tiles and bundles that a log of {@code newSize} leaves has and one of {@code oldSize} had not: what must be written
     * before a checkpoint of the new size may be seen. The same tile with another width counts as another.
     */
    public static Stream<Tile> added(long oldSize, long newSize) {
        if (oldSize < 0 || newSize < oldSize) throw new IllegalArgumentException("A log does not shrink");
        return IntStream.rangeClosed(Tile.ENTRIES, Tile.MAX_LEVEL).boxed().flatMap(level -> {
            long before = hashes(level, oldSize);
            long now = hashes(level, newSize);
            if (before == now) return Stream.empty();
            return LongStream.rangeClosed(before / Tile.WIDTH, (now - 1) / Tile.WIDTH)
                    .mapToObj(index -> at(level, index, now));
        });
    }

    /** The tile of a log of {@code size} leaves that holds the leaf hash, or with {@link Tile#ENTRIES} the entry, {@code leaf}. */
    public static Tile holding(int level, long leaf, long size) {
        if (leaf < 0 || leaf >= size) throw new IllegalArgumentException("A log of " + size + " has no leaf " + leaf);
        return at(level, leaf / Tile.WIDTH, hashes(level, size));
    }

    /** Tile {@code index} of a level that has so many hashes. */
    static Tile at(int level, long index, long hashes) {
        return new Tile(level, index, (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH));
    }
}
