package com.peerllm.host.engine.format;

import java.util.Arrays;

/** Looks for one word in bytes, complete or begun. */
final class Words {
    private Words() {}

    static boolean startsWith(byte[] text, int from, byte[] word) {
        return from + word.length <= text.length && Arrays.equals(text, from, from + word.length, word, 0, word.length);
    }

    /** Where the word begins first, -1 when it does not stand there. */
    static int find(byte[] text, byte[] word) {
        for (int at = 0; at + word.length <= text.length; at++) if (startsWith(text, at, word)) return at;
        return -1;
    }

    /** Length of the longest end of the text that is the beginning of the word, and not all of it. */
    static int longestStart(byte[] text, byte[] word) {
        for (int length = Math.min(word.length - 1, text.length); length > 0; length--)
            if (Arrays.equals(text, text.length - length, text.length, word, 0, length)) return length;
        return 0;
    }
}
