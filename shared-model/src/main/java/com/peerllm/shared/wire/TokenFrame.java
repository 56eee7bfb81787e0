package com.peerllm.shared.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Tokens on their way from a host to the orchestrator: one binary WebSocket message. Token path: no JSON, no copies that
 * are not needed.
 *
 * <pre>
 * offset  size  field (big-endian)
 *      0     1  version, 1
 *      1     1  flags: 0 plain text, 1 parts
 *      2     2  n, the number of token ids
 *      4     4  position: how many tokens of the whole answer come before this frame
 *      8     8  stream, the number of the job offer
 *     16   4·n  token ids
 *  16+4n        what the tokens add: text in whole UTF-8 characters, or the parts of {@link AnswerChunk}
 * </pre>
 *
 * <p>The position makes delivery exactly-once: a frame that does not begin where the last one ended is a fault.
 */
public record TokenFrame(long stream, int position, int[] tokens, AnswerChunk chunk) {
    public static final int HEADER_BYTES = 16;
    private static final byte VERSION = 1;
    private static final byte PARTED = 1;
    private static final int MAX_TOKENS = 0xFFFF;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    public byte[] encode() {
        if (tokens.length > MAX_TOKENS) throw new IllegalArgumentException("A frame holds at most 65,535 tokens");
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 4 * tokens.length + chunk.bytes().length);
        out.put(VERSION)
                .put(chunk.parted() ? PARTED : 0)
                .putShort((short) tokens.length)
                .putInt(position)
                .putLong(stream);
        for (int token : tokens) out.putInt(token);
        return out.put(chunk.bytes()).array();
    }

    /** @throws WireException when the bytes are not a token frame */
    public static TokenFrame decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) throw new WireException("A token frame has at least 16 bytes");
        if (bytes.length > Protocol.MAX_TOKEN_FRAME_BYTES) throw new WireException("A token frame has at most 64 KiB");
        if (bytes[0] != VERSION) throw new WireException("Unknown version of token frame");
        byte flags = bytes[1];
        if (flags != 0 && flags != PARTED) throw new WireException("Unknown flags of a token frame");
        int count = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        int position = (int) INT.get(bytes, 4);
        long stream = (long) LONG.get(bytes, 8);
        int body = HEADER_BYTES + 4 * count;
        if (position < 0 || body > bytes.length) {
            throw new WireException("A token frame whose header does not fit its length");
        }
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) tokens[i] = (int) INT.get(bytes, HEADER_BYTES + 4 * i);
        return new TokenFrame(
                stream,
                position,
                tokens,
                new AnswerChunk(flags == PARTED, Arrays.copyOfRange(bytes, body, bytes.length)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenFrame that
                && stream == that.stream
                && position == that.position
                && Arrays.equals(tokens, that.tokens)
                && chunk.equals(that.chunk);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(stream) + position) + Arrays.hashCode(tokens);
    }

    /** Names sizes only, so that no log line can hold an answer. */
    @Override
    public String toString() {
        return "TokenFrame[stream=" + stream + ", position=" + position + ", tokens=" + tokens.length + "]";
    }
}
