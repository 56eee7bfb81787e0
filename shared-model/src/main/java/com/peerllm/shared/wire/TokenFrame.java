package com.peerllm.shared.wire;

import java.nio.ByteBuffer;
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
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != VERSION) throw new WireException("Unknown version of token frame");
        byte flags = in.get();
        if (flags != 0 && flags != PARTED) throw new WireException("Unknown flags of a token frame");
        int count = Short.toUnsignedInt(in.getShort());
        int position = in.getInt();
        long stream = in.getLong();
        if (position < 0 || HEADER_BYTES + 4 * count > bytes.length) {
            throw new WireException("A token frame whose header does not fit its length");
        }
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) tokens[i] = in.getInt();
        byte[] body = Arrays.copyOfRange(bytes, in.position(), bytes.length);
        return new TokenFrame(stream, position, tokens, new AnswerChunk(flags == PARTED, body));
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
