package com.peerllm.shared.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What some tokens of an answer add to it. Token path: nearly always it is plain text, and then its bytes are that text.
 *
 * <p>Otherwise it is a list of parts, so that all that belongs to the same tokens travels, and is lost, together:
 *
 * <pre>
 * offset  size  field (big-endian), for each part
 *      0     1  channel, see {@link Channel}
 *      1     4  n, the number of bytes that follow
 *      5     n  UTF-8, whole characters
 * </pre>
 *
 * @param parted whether the bytes are parts
 */
public record AnswerChunk(boolean parted, byte[] bytes) {
    /** What is put before the bytes of each part. */
    public static final int PART_HEADER_BYTES = 5;

    public static final AnswerChunk NOTHING = new AnswerChunk(false, new byte[0]);

    /** What a part is a piece of; the code on the wire is its place in this list, so new ones come at the end. */
    public enum Channel {
        /** The answer's text. */
        CONTENT,
        /** What the model thought before its answer. */
        REASONING,
        /** The name of a tool: a new call begins. Always whole. */
        TOOL_CALL,
        /** More of the arguments' JSON text, of the call that began last. */
        TOOL_ARGUMENTS,
        /** The OpenAI API's {@code logprobs.content} entries of these tokens: a JSON array. Always whole. */
        LOGPROBS
    }

    /** One piece of one channel. */
    public record Part(Channel channel, byte[] utf8) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Part that && channel == that.channel && Arrays.equals(utf8, that.utf8);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + Arrays.hashCode(utf8);
        }

        /** Names sizes only, so that no log line can hold an answer. */
        @Override
        public String toString() {
            return "Part[" + channel + ", " + utf8.length + " bytes]";
        }
    }

    public static AnswerChunk plain(byte[] utf8) {
        return utf8.length == 0 ? NOTHING : new AnswerChunk(false, utf8);
    }

    /** The shortest form of these parts, in this order: plain when there is nothing but text. */
    public static AnswerChunk of(List<Part> parts) {
        if (parts.isEmpty()) return NOTHING;
        if (parts.size() == 1 && parts.getFirst().channel() == Channel.CONTENT)
            return plain(parts.getFirst().utf8());
        int size = parts.stream()
                .mapToInt(part -> PART_HEADER_BYTES + part.utf8().length)
                .sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Part part : parts) {
            out.put((byte) part.channel().ordinal()).putInt(part.utf8().length).put(part.utf8());
        }
        return new AnswerChunk(true, out.array());
    }

    /** This chunk with one part more, at its end. */
    public AnswerChunk and(Part part) {
        List<Part> all = new ArrayList<>(parts());
        all.add(part);
        return of(all);
    }

    /** The parts of the answer's text, put together. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts())
            if (part.channel() == Channel.CONTENT) text.append(new String(part.utf8(), StandardCharsets.UTF_8));
        return text.toString();
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** @throws WireException when the bytes are not whole parts of known channels */
    public List<Part> parts() {
        if (!parted) return isEmpty() ? List.of() : List.of(new Part(Channel.CONTENT, bytes));
        List<Part> parts = new ArrayList<>();
        Channel[] channels = Channel.values();
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            if (in.remaining() < PART_HEADER_BYTES) throw new WireException("Half a part of an answer");
            int channel = Byte.toUnsignedInt(in.get());
            int length = in.getInt();
            if (channel >= channels.length) throw new WireException("An unknown part of an answer");
            if (length < 0 || length > in.remaining()) throw new WireException("Half a part of an answer");
            byte[] utf8 = new byte[length];
            in.get(utf8);
            parts.add(new Part(channels[channel], utf8));
        }
        return parts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnswerChunk that && parted == that.parted && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(parted) + Arrays.hashCode(bytes);
    }

    /** Names sizes only, so that no log line can hold an answer. */
    @Override
    public String toString() {
        return "AnswerChunk[" + (parted ? "parts, " : "") + bytes.length + " bytes]";
    }
}
