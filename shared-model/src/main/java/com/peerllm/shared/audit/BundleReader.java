package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.Tile;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the entries of a bundle one by one, so that what is wrong can be said of the entry it is wrong in. */
final class BundleReader {
    private final Tile tile;
    private final byte[] bytes;
    private int at;
    private int entry;

    BundleReader(Tile tile, byte[] bytes) {
        this.tile = tile;
        this.bytes = bytes;
    }

    /** The number of the leaf that {@link #next} reads next. */
    long leaf() {
        return tile.index() * Tile.WIDTH + entry;
    }

    byte[] next() throws BadLog {
        if (bytes.length - at < 2) throw cut();
        int length = Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
        if (bytes.length - at - 2 < length) throw cut();
        int from = at + 2;
        at = from + length;
        entry++;
        return Arrays.copyOfRange(bytes, from, at);
    }

    private BadLog cut() {
        return new BadLog(fault("The bundle is cut off in this entry."));
    }

    void end() throws BadLog {
        if (at == bytes.length) return;
        entry--;
        throw new BadLog(fault("More follows after the bundle's last entry."));
    }

    private Fault fault(String what) {
        return new Fault(OptionalLong.of(leaf()), Optional.of(tile.path()), what, Optional.empty(), Optional.empty());
    }
}
