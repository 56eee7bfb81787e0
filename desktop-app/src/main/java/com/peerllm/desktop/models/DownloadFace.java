package com.peerllm.desktop.models;

import java.util.Optional;

/**
 * A download, ready to be read.
 *
 * @param state in words
 * @param share that is on the disk, 0 to 1; empty while the size is not known
 * @param amounts what is there, and of how much
 * @param pace speed and time left, or what is being waited for
 * @param sentence why it stands and what to do
 */
public record DownloadFace(
        String name,
        Kind kind,
        String state,
        Optional<Double> share,
        String amounts,
        String pace,
        Optional<String> sentence,
        Actions actions) {

    /** Where it stands; the first of these is the most worth being shown when there is room for one only. */
    public enum Kind {
        RUNNING,
        VERIFYING,
        ASKING,
        RETRYING,
        FAILED,
        WAITING,
        PAUSED,
        DONE
    }

    /** Why it stands for a while, where nobody needs to do anything. */
    public Optional<String> waitsFor() {
        return sentence.filter(some -> kind == Kind.RETRYING);
    }

    /** What somebody must do. */
    public Optional<String> needs() {
        return sentence.filter(some -> kind != Kind.RETRYING);
    }

    /**
     * What can be done now.
     *
     * @param retry whether going on means another try
     * @param cancel what is there is deleted
     * @param dismiss it is taken off the list, and the model stays
     */
    public record Actions(boolean pause, boolean resume, boolean retry, boolean cancel, boolean dismiss) {}
}
