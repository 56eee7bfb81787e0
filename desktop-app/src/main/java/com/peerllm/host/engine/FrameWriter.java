package com.peerllm.host.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes whole lines to a stream from any thread; what is written stays in a buffer until it is flushed. */
public final class FrameWriter {
    private final OutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    public synchronized void write(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    public synchronized void flush() throws IOException {
        out.flush();
    }

    /** One line, sent at once. */
    public synchronized void send(byte[] line) throws IOException {
        write(line);
        flush();
    }

    public synchronized void close() throws IOException {
        out.close();
    }
}
