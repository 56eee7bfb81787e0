package com.peerllm.shared.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One vector on its way from a host to the orchestrator: one binary WebSocket message, told from a token frame by its first byte.
 *
 * <pre>
 * offset  size  field (big-endian, but for the vector)
 *      0     1  version, 64: those from 64 on are of this frame, those below of the token frame
 *      1     3  0
 *      4     4  index: how many vectors of the answer come before this one
 *      8     8  stream, the number of the offer
 *     16   4·d  the vector, d floats of 32 bits in little-endian order
 * </pre>
 */
public record EmbeddingFrame(long stream, int index, EmbeddingVector vector) {
    private static final int HEADER_BYTES = 16;
    private static final byte VERSION = 64;

    /** The longest vector that fits a frame. */
    public static final int MOST_DIMENSIONS = (Protocol.MAX_TOKEN_FRAME_BYTES - HEADER_BYTES) / Float.BYTES;

    public EmbeddingFrame {
        if (vector.dimensions() > MOST_DIMENSIONS)
            throw new IllegalArgumentException("A frame holds at most " + MOST_DIMENSIONS + " dimensions");
    }

    /** Whether a binary message is of this kind, in this or a later version. */
    public static boolean isOne(byte[] bytes) {
        return bytes.length > 0 && bytes[0] >= VERSION;
    }

    public byte[] encode() {
        byte[] numbers = vector.littleEndian();
        return ByteBuffer.allocate(HEADER_BYTES + numbers.length)
                .putInt(VERSION << 24)
                .putInt(index)
                .putLong(stream)
                .put(numbers)
                .array();
    }

    /** @throws WireException when the bytes are not an embedding frame */
    public static EmbeddingFrame decode(byte[] bytes) {
        if (bytes.length <= HEADER_BYTES || bytes.length % Float.BYTES != 0)
            throw new WireException("An embedding frame has 16 bytes and whole floats");
        if (bytes.length > Protocol.MAX_TOKEN_FRAME_BYTES)
            throw new WireException("An embedding frame has at most 64 KiB");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt() != VERSION << 24) throw new WireException("Unknown version of embedding frame");
        int index = in.getInt();
        long stream = in.getLong();
        if (index < 0) throw new WireException("An embedding frame with a negative index");
        return new EmbeddingFrame(
                stream, index, new EmbeddingVector(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
    }
}
