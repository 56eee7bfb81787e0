package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileSource;
import com.peerllm.shared.transparency.Tiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The published tiles, to be read: full ones from the files or out of a bounded memory, partial ones of any width that the log ever
 * had, cut from what is there now. Safe for many threads; reads may wait for the disk.
 */
public final class LogTiles implements TileSource {
    private final LogFolder folder;
    private final LongSupplier published;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Tile, byte[]> full = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /**
     * @param published the published log's size
     * @param maxBytes of full tiles that are kept in memory
     */
    LogTiles(LogFolder folder, LongSupplier published, long maxBytes) {
        this.folder = folder;
        this.published = published;
        this.maxBytes = maxBytes;
    }

    /**
     * Never to be changed: full tiles are the same array for everybody.
     *
     * @throws NoSuchFileException when the published log has no such tile
     */
    @Override
    public byte[] read(Tile tile) throws IOException {
        long size = published.getAsLong();
        try {
            return read(tile, size);
        } catch (NoSuchFileException e) {
            // The log grew meanwhile, and the partial tile that was looked for has become part of a wider one.
            if (published.getAsLong() == size) throw e;
            return read(tile, published.getAsLong());
        }
    }

    private byte[] read(Tile tile, long size) throws IOException {
        long there = Math.min(Tile.WIDTH, Tiles.hashes(tile.level(), size) - tile.index() * Tile.WIDTH);
        if (tile.index() > Tiles.hashes(tile.level(), size) / Tile.WIDTH || there < tile.width()) {
            throw new NoSuchFileException(tile.path());
        }
        Tile now = new Tile(tile.level(), tile.index(), (int) there);
        byte[] content = now.isPartial() ? folder.read(now) : readFull(now);
        return now.equals(tile) ? content : LogFolder.cut(content, now, tile);
    }

    private byte[] readFull(Tile tile) throws IOException {
        lock.lock();
        try {
            byte[] kept = full.get(tile);
            if (kept != null) return kept;
        } finally {
            lock.unlock();
        }
        byte[] read = folder.read(tile);
        lock.lock();
        try {
            if (full.put(tile, read) == null) bytes += read.length;
            var eldest = full.entrySet().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                Map.Entry<Tile, byte[]> old = eldest.next();
                bytes -= old.getValue().length;
                eldest.remove();
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was read, after files were mended. */
    void forget() {
        lock.lock();
        try {
            full.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }
}
