package com.peerllm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The text of a mock's token: when it was sent, by the computer's one monotonic clock, and its place in the answer. So the
 * consumer can tell how long it was on its way, and whether one is missing or out of order.
 */
final class TokenText {
    static final int BYTES = 24;
    private static final int NANOS_DIGITS = 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private TokenText() {}

    static byte[] of(long sentNanos, int number) {
        byte[] text = new byte[BYTES];
        for (int i = 0; i < NANOS_DIGITS; i++) text[i] = HEX[(int) (sentNanos >>> (60 - 4 * i)) & 15];
        for (int i = 0; i < BYTES - NANOS_DIGITS; i++) text[NANOS_DIGITS + i] = HEX[(number >>> (28 - 4 * i)) & 15];
        return text;
    }

    static long sentNanos(ByteBuf in, int index) {
        return hex(in, index, NANOS_DIGITS);
    }

    static int number(ByteBuf in, int index) {
        return (int) hex(in, index + NANOS_DIGITS, BYTES - NANOS_DIGITS);
    }

    private static long hex(ByteBuf in, int index, int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) value = value << 4 | Character.digit(in.getByte(index + i), 16);
        return value;
    }
}
