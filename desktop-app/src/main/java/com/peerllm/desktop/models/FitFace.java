package com.peerllm.desktop.models;

/**
 * How well a model fits this computer, ready to be read.
 *
 * @param word one or two words
 * @param why one sentence
 */
public record FitFace(Kind kind, String word, String why) {

    /** One look. */
    public enum Kind {
        GREAT,
        SLOW,
        TOO_BIG,
        UNKNOWN
    }
}
