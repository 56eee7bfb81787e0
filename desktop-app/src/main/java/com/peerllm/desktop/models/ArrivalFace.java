package com.peerllm.desktop.models;

import java.util.Optional;

/**
 * A file on its way into this computer's models, ready to be read.
 *
 * @param name of the file
 * @param sentence what becomes of it, or what became of it
 * @param share that is read, 0 to 1; empty unless it is being read
 * @param cancellable whether it can still be given up; else it can be taken off the list
 */
public record ArrivalFace(String name, Kind kind, String sentence, Optional<Double> share, boolean cancellable) {

    /** What a person must be able to tell apart at a glance. */
    public enum Kind {
        WAITING,
        READING,
        ADDED,
        /** Nothing had to be done, or the person gave it up. */
        LEFT,
        REFUSED
    }
}
