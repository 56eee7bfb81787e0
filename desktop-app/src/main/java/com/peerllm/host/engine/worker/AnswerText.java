package com.peerllm.host.engine.worker;

import java.util.List;

/**
 * Turns the bytes of an answer's tokens into text that can be shown: up to the stop string, in whole characters.
 *
 * <p>What it has given after a number of tokens depends on those tokens and the stop strings only. That makes an answer
 * continuable elsewhere: replaying the delivered tokens brings another one to the same state.
 */
final class AnswerText {
    private final StopStrings stops;
    private final WholeCharacters characters = new WholeCharacters();

    AnswerText(List<String> stops) {
        this.stops = new StopStrings(stops);
    }

    /** The text that the bytes of one more token release. */
    byte[] pass(byte[] piece) {
        byte[] text = characters.pass(stops.pass(piece));
        return stops.met() ? StopStrings.concat(text, characters.rest()) : text;
    }

    boolean stopped() {
        return stops.met();
    }

    /** What is left at the end of an answer that no stop string ended. */
    byte[] rest() {
        return StopStrings.concat(characters.pass(stops.rest()), characters.rest());
    }
}
