package com.peerllm.shared.gguf;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file of any size whose bytes after the header are zeros, as a sparse file's are; it counts what is read. */
final class HeaderChannel implements SeekableByteChannel {
    private final byte[] header;
    private final long size;
    private long position;
    private long bytesRead;

    HeaderChannel(byte[] header, long size) {
        this.header = header;
        this.size = size;
    }

    static HeaderChannel of(byte[] file) {
        return new HeaderChannel(file, file.length);
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read(ByteBuffer into) {
        if (position >= size) return -1;
        int count = (int) Math.min(into.remaining(), size - position);
        for (int i = 0; i < count; i++, position++) into.put(position < header.length ? header[(int) position] : 0);
        bytesRead += count;
        return count;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
        position = to;
        return this;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
