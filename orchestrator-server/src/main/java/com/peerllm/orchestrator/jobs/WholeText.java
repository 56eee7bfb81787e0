package com.peerllm.orchestrator.jobs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are whole UTF-8 characters; anything else would break the consumer's JSON. Token path: no copy. */
final class WholeText {
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer scratch = CharBuffer.allocate(256);

    boolean is(byte[] bytes) {
        return isAscii(bytes) || isUtf8(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) if (each < 0) return false;
        return true;
    }

    private boolean isUtf8(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        utf8.reset();
        CoderResult result;
        do {
            scratch.clear();
            result = utf8.decode(in, scratch, true);
        } while (result.isOverflow());
        return result.isUnderflow() && !in.hasRemaining();
    }
}
