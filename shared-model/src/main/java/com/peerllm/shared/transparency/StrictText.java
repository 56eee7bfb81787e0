package com.peerllm.shared.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads the log's texts in their one canonical form, so that nothing has two spellings. */
final class StrictText {
    private static final int MOST_DIGITS_OF_A_LONG = 19;

    private StrictText() {}

    /** A whole number from 0 to 2^63-1 in decimal, without sign and leading zeros. */
    static long number(String text, String what) throws InvalidLogData {
        if (text.isEmpty() || text.length() > MOST_DIGITS_OF_A_LONG || (text.length() > 1 && text.charAt(0) == '0')) {
            throw new InvalidLogData(what + " is not a decimal number of the usual form");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new InvalidLogData(what + " is not a decimal number of the usual form");
            }
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidLogData(what + " is more than 2^63-1", e);
        }
    }

    /** Padded standard base64 (RFC 4648, section 4) in its one canonical form. */
    static byte[] base64(String text, String what) throws InvalidLogData {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException e) {
            throw new InvalidLogData(what + " is not base64", e);
        }
        throw new InvalidLogData(what + " is base64, but not in its usual form");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether the text is so many bytes in lower-case hex. */
    static boolean isHex(String text, int bytes) {
        if (text.length() != 2 * bytes) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
        }
        return true;
    }

    static String utf8(byte[] bytes, String what) throws InvalidLogData {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidLogData(what + " is not UTF-8", e);
        }
    }
}
