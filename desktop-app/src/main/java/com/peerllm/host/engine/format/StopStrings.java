package com.peerllm.host.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Lets an answer's bytes through until one of the stop strings appears, and holds back only what could still become one.
 *
 * <p>Works on bytes, so that a stop string is found wherever the model's tokens cut it.
 */
final class StopStrings {
    private static final byte[] NOTHING = {};

    private final List<byte[]> stops;
    private byte[] held = NOTHING;
    private boolean met;

    StopStrings(List<String> stops) {
        this.stops = stops.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Takes more bytes and gives those that may be shown; nothing any more once a stop string was met. */
    byte[] pass(byte[] more) {
        if (met) return NOTHING;
        if (stops.isEmpty()) return more;
        byte[] text = concat(held, more);
        int stopAt = firstStop(text);
        if (stopAt >= 0) {
            met = true;
            held = NOTHING;
            return Arrays.copyOf(text, stopAt);
        }
        int shown = text.length - longestPossibleStart(text);
        held = Arrays.copyOfRange(text, shown, text.length);
        return Arrays.copyOf(text, shown);
    }

    /** Whether a stop string was met: the answer is over. */
    boolean met() {
        return met;
    }

    /** What was held back for nothing, because the answer ended without the stop string. */
    byte[] rest() {
        byte[] rest = held;
        held = NOTHING;
        return rest;
    }

    /**
     * Where the stop string begins that is complete first; of those that end together, the longest. Looking at ends makes the
     * result the same however the tokens cut the text.
     */
    private int firstStop(byte[] text) {
        for (int end = 1; end <= text.length; end++) {
            int begin = end;
            for (byte[] stop : stops) {
                int at = end - stop.length;
                if (at >= 0 && at < begin && Arrays.equals(text, at, end, stop, 0, stop.length)) begin = at;
            }
            if (begin < end) return begin;
        }
        return -1;
    }

    /** Length of the longest end of the text that is the beginning of a stop string. */
    private int longestPossibleStart(byte[] text) {
        int longest = 0;
        for (byte[] stop : stops)
            for (int length = Math.min(stop.length - 1, text.length); length > longest; length--)
                if (Arrays.equals(text, text.length - length, text.length, stop, 0, length)) longest = length;
        return longest;
    }

    static byte[] concat(byte[] first, byte[] second) {
        if (first.length == 0) return second;
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
