package com.peerllm.desktop.models;

import java.util.Optional;

/**
 * A model of this computer, ready to be read.
 *
 * @param state in words
 * @param problem what is wrong with it and what to do
 * @param facts size, quantization and context, as far as they are known
 * @param speed measured here, or expected, or a word for why there is none
 * @param paid what hosts of it were paid lately
 * @param price for a million tokens
 * @param place where its file is
 * @param deletion what becomes of the file when it is deleted here
 */
public record ModelFace(
        String name,
        Kind kind,
        String state,
        Optional<String> problem,
        String facts,
        FitFace fit,
        String speed,
        boolean onNetwork,
        boolean pinned,
        String paid,
        String price,
        String place,
        Deletion deletion,
        Actions actions) {

    /** What a person must be able to tell apart at a glance. */
    public enum Kind {
        LOADED,
        RESTING,
        BUSY,
        WARNING,
        BAD
    }

    /**
     * What deleting it means.
     *
     * @param word of the button
     * @param question of the second press
     * @param consequence in a sentence
     */
    public record Deletion(String word, String question, String consequence) {}

    /** What can be done now. */
    public record Actions(boolean load, boolean unload, boolean measure, boolean showFolder) {}
}
