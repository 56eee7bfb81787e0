package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a header front to back and refuses, before it allocates or seeks, whatever the file cannot hold.
 *
 * <p>Not for several threads.
 */
final class HeaderSource {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SeekableByteChannel channel;
    private final ByteBuffer buffer;
    private final long fileBytes;
    private final long headerLimit;
    /** The file position that follows the last byte in the buffer. */
    private long bufferEnd;

    HeaderSource(SeekableByteChannel channel, GgufLimits limits) throws GgufException {
        this.channel = channel;
        try {
            fileBytes = channel.size();
            channel.position(0);
        } catch (IOException e) {
            throw readFailed(0, e);
        }
        headerLimit = limits.headerBytes();
        buffer = ByteBuffer.allocate((int) Math.clamp(fileBytes, 8L, (long) BUFFER_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    long fileBytes() {
        return fileBytes;
    }

    long position() {
        return bufferEnd - buffer.remaining();
    }

    int u8() throws GgufException {
        fill(1);
        return Byte.toUnsignedInt(buffer.get());
    }

    int i32() throws GgufException {
        fill(4);
        return buffer.getInt();
    }

    long i64() throws GgufException {
        fill(8);
        return buffer.getLong();
    }

    /** A count of things that follow, each of which takes at least {@code leastBytes}. */
    int count(String what, int leastBytes, int limit) throws GgufException {
        long at = position();
        long count = i64();
        if (count < 0 || count > (fileBytes - position()) / leastBytes)
            throw new GgufException(
                    Reason.TRUNCATED,
                    at,
                    "The file claims " + Long.toUnsignedString(count) + " " + what + ", more than it can hold");
        if (count > limit)
            throw new GgufException(
                    Reason.OVER_LIMIT, at, "The file claims " + count + " " + what + "; the limit is " + limit);
        return (int) count;
    }

    /** A text of at most {@code limit} bytes that must be valid UTF-8. */
    String text(String what, int limit, Reason ifInvalid) throws GgufException {
        long at = position();
        byte[] bytes = bytes(count("bytes of " + what, 1, limit));
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new GgufException(ifInvalid, at, "A " + what + " is not valid UTF-8", e);
        }
    }

    /** Passes over a text without looking at it. */
    void skipText() throws GgufException {
        skip(count("bytes of text", 1, Integer.MAX_VALUE));
    }

    void skip(long bytes) throws GgufException {
        need(bytes);
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
            return;
        }
        long target = position() + bytes;
        buffer.limit(0);
        bufferEnd = target;
        try {
            channel.position(target);
        } catch (IOException e) {
            throw readFailed(target, e);
        }
    }

    private byte[] bytes(int length) throws GgufException {
        need(length);
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            fill(1);
            int part = Math.min(buffer.remaining(), length - done);
            buffer.get(bytes, done, part);
            done += part;
        }
        return bytes;
    }

    private void need(long bytes) throws GgufException {
        if (bytes > fileBytes - position())
            throw new GgufException(
                    Reason.TRUNCATED,
                    position(),
                    bytes + " more bytes are needed, but the file ends at byte " + fileBytes);
        if (bytes > headerLimit - position())
            throw new GgufException(
                    Reason.OVER_LIMIT, position(), "The header is longer than " + headerLimit + " bytes");
    }

    private void fill(int bytes) throws GgufException {
        if (buffer.remaining() >= bytes) return;
        need(bytes);
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                int read = channel.read(buffer);
                if (read < 0)
                    throw new GgufException(Reason.TRUNCATED, bufferEnd, "The file became shorter while it was read");
                bufferEnd += read;
            }
        } catch (IOException e) {
            throw readFailed(bufferEnd, e);
        } finally {
            buffer.flip();
        }
    }

    private static GgufException readFailed(long position, IOException cause) {
        return new GgufException(Reason.READ_FAILED, position, "The file could not be read", cause);
    }
}
