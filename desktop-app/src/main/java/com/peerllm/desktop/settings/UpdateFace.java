package com.peerllm.desktop.settings;

import java.net.URI;
import java.util.Optional;

/**
 * What Settings shows of newer versions.
 *
 * @param line where it stands, with what to do
 * @param share how much of a download is here
 * @param action what a person can do now
 * @param cancels whether something can be ended
 * @param notes the page that says what is new
 * @param notice a few words for every screen, while there is a newer version
 */
public record UpdateFace(
        String line,
        Optional<Double> share,
        Optional<Action> action,
        boolean cancels,
        Optional<URI> notes,
        Optional<String> notice) {

    /** What the one button does. */
    public enum Action {
        LOOK,
        DOWNLOAD,
        /** Try once more what failed. */
        AGAIN,
        RESTART,
        /** The system asks for its rights and installs it. */
        INSTALL
    }
}
