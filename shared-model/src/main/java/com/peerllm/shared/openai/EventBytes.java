package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of an event while it is written. Token path: one array, which seldom grows. */
final class EventBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    EventBytes(int expected) {
        bytes = new byte[expected];
    }

    EventBytes add(byte[] more) {
        makeRoom(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    EventBytes add(String more) {
        return add(more.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON's rules (RFC 8259, section 7): quotation mark, backslash and control characters; all else as it is. */
    EventBytes addEscaped(byte[] utf8) {
        makeRoom(utf8.length);
        for (byte each : utf8) {
            switch (each) {
                case '"', '\\' -> escape(each);
                case '\n' -> escape((byte) 'n');
                case '\r' -> escape((byte) 'r');
                case '\t' -> escape((byte) 't');
                default -> {
                    if (each >= 0 && each < 0x20) {
                        add(new byte[] {'\\', 'u', '0', '0', HEX[each >> 4], HEX[each & 15]});
                    } else {
                        add(each);
                    }
                }
            }
        }
        return this;
    }

    private void escape(byte each) {
        add((byte) '\\');
        add(each);
    }

    private void add(byte each) {
        makeRoom(1);
        bytes[length++] = each;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
