package com.peerllm.host.engine.format;

import java.util.Arrays;
import java.util.List;

/**
 * Turns the bytes of an answer's text into text that can be shown: up to the stop string, in whole characters.
 *
 * <p>What it has given after a number of bytes depends on those bytes and the stop strings only. That makes an answer
 * continuable elsewhere: replaying the delivered tokens brings another one to the same state.
 */
final class ContentText {
    private static final byte[] NOTHING = {};

    private final StopStrings stops;
    private final boolean holdsBlanks;
    private final WholeCharacters characters = new WholeCharacters();
    private byte[] blanks = NOTHING;
    private boolean skipsBlanks;

    /** @param holdsBlanks whether blanks wait for what follows them, since those before something else than text do not count */
    ContentText(List<String> stops, boolean holdsBlanks) {
        this.stops = new StopStrings(stops);
        this.holdsBlanks = holdsBlanks;
    }

    /** The text that more bytes release. */
    byte[] pass(byte[] more) {
        byte[] text = characters.pass(held(stops.pass(more)));
        return stops.met() ? StopStrings.concat(text, ending()) : text;
    }

    boolean stopped() {
        return stops.met();
    }

    /** What is left at the end of an answer that no stop string ended. */
    byte[] rest() {
        return StopStrings.concat(characters.pass(held(stops.rest())), ending());
    }

    /** What is left before something that is no text: blanks at its edges do not count. */
    byte[] restBeforeOther() {
        byte[] text = characters.pass(held(stops.rest()));
        blanks = NOTHING;
        skipsBlanks = true;
        return StopStrings.concat(text, characters.rest());
    }

    private byte[] ending() {
        byte[] rest = StopStrings.concat(characters.pass(blanks), characters.rest());
        blanks = NOTHING;
        return rest;
    }

    private byte[] held(byte[] more) {
        if (!holdsBlanks && !skipsBlanks || more.length == 0) return more;
        int begin = 0;
        if (skipsBlanks) {
            while (begin < more.length && CallMatcher.isBlank(more[begin])) begin++;
            if (begin == more.length) return NOTHING;
            skipsBlanks = false;
        }
        if (!holdsBlanks) return Arrays.copyOfRange(more, begin, more.length);
        int end = more.length;
        while (end > begin && CallMatcher.isBlank(more[end - 1])) end--;
        if (end == begin) {
            blanks = StopStrings.concat(blanks, Arrays.copyOfRange(more, begin, more.length));
            return NOTHING;
        }
        byte[] shown = StopStrings.concat(blanks, Arrays.copyOfRange(more, begin, end));
        blanks = Arrays.copyOfRange(more, end, more.length);
        return shown;
    }
}
