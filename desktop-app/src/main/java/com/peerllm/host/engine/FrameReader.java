package com.peerllm.host.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream of bytes into lines, and refuses a line that is longer than any frame may be. */
public final class FrameReader {

    /** Longer than the longest request that the orchestrator lets through. */
    public static final int LONGEST_FRAME_BYTES = 64 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    public FrameReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its line break, or nothing at the end of the stream; half a line at the end is dropped. */
    public Optional<byte[]> next() throws IOException {
        int searchedTo = start;
        while (true) {
            for (int i = searchedTo; i < end; i++) {
                if (buffer[i] != '\n') continue;
                byte[] line = Arrays.copyOfRange(buffer, start, i);
                start = i + 1;
                return Optional.of(line);
            }
            int searched = end - start;
            if (!fill()) return Optional.empty();
            searchedTo = start + searched;
        }
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= LONGEST_FRAME_BYTES)
                throw new IOException("A frame is longer than " + LONGEST_FRAME_BYTES + " bytes");
            buffer = Arrays.copyOf(buffer, Math.min(LONGEST_FRAME_BYTES, buffer.length * 2));
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) return false;
        end += read;
        return true;
    }
}
