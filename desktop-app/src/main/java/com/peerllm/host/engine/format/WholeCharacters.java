package com.peerllm.host.engine.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Lets UTF-8 through in whole characters: a character's bytes wait for its last one, and broken ones become U+FFFD. */
final class WholeCharacters {
    private static final byte[] NOTHING = {};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = NOTHING;

    /** Takes more bytes and gives the characters that are complete now. */
    byte[] pass(byte[] more) {
        if (more.length == 0) return NOTHING;
        if (held.length == 0 && isAscii(more)) return more;
        return decode(StopStrings.concat(held, more), false);
    }

    /** The rest at the answer's end: a character that was never completed becomes U+FFFD. */
    byte[] rest() {
        byte[] rest = decode(held, true);
        held = NOTHING;
        return rest;
    }

    private byte[] decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        decoder.reset();
        decoder.decode(in, out, end);
        if (end) decoder.flush(out);
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) if (b < 0) return false;
        return true;
    }
}
