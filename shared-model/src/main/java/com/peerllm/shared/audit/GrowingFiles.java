package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.Tiles;
import java.io.IOException;
import java.util.Arrays;

/**
 * The files of a log that grows while it is read: a partial tile that is there no more is cut from the wider one that took its
 * place. Believes nothing: whoever reads checks what comes back against the hashes.
 */
final class GrowingFiles implements LogFiles {
    private final LogFiles files;

    GrowingFiles(LogFiles files) {
        this.files = files;
    }

    @Override
    public byte[] checkpoint() throws IOException {
        return files.checkpoint();
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        try {
            return files.read(tile);
        } catch (MissingFile gone) {
            if (!tile.isPartial()) throw gone;
            return cut(readWider(tile, gone), tile);
        }
    }

    private byte[] readWider(Tile tile, MissingFile gone) throws IOException {
        try {
            return files.read(tile.full());
        } catch (MissingFile notFullYet) {
            long hashes = Tiles.hashes(tile.level(), sizeNow());
            long width = hashes - tile.index() * Tile.WIDTH;
            if (width <= tile.width() || width >= Tile.WIDTH) throw gone;
            return files.read(new Tile(tile.level(), tile.index(), (int) width));
        }
    }

    /** As the log says at this moment; nobody has checked it. */
    private long sizeNow() throws IOException {
        String text = SignedNote.parse(files.checkpoint()).text();
        try {
            return Long.parseLong(text.split("\n", -1)[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidLogData("The checkpoint that was read meanwhile has no size", e);
        }
    }

    /** The first entries or hashes of a wider tile. */
    static byte[] cut(byte[] wider, Tile tile) {
        int end = tile.isEntries() ? endOfEntries(wider, tile.width()) : tile.hashBytes();
        return Arrays.copyOf(wider, Math.min(end, wider.length));
    }

    private static int endOfEntries(byte[] bundle, int entries) {
        int at = 0;
        for (int i = 0; i < entries && at + 2 <= bundle.length; i++) {
            at += 2 + (Byte.toUnsignedInt(bundle[at]) << 8 | Byte.toUnsignedInt(bundle[at + 1]));
        }
        return at;
    }
}
