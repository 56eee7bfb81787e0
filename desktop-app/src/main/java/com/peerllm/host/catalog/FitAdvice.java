package com.peerllm.host.catalog;

import java.util.OptionalDouble;

/**
 * What a person is told about a model on this computer.
 *
 * @param reason with figures
 * @param tokensPerSecond expected for one answer; empty when nobody can tell
 * @param measured whether that speed was measured here with this model; else it is an estimate
 */
public record FitAdvice(Badge badge, FitReason reason, OptionalDouble tokensPerSecond, boolean measured) {

    /** The reason as one English sentence, as the command line tells it. */
    public String why() {
        return reason.sentence();
    }

    /** One look. */
    public enum Badge {
        GREAT,
        /** It runs, slower than people read. */
        SLOW,
        TOO_BIG,
        /** It cannot be told, which is not a no. */
        UNKNOWN
    }
}
