package com.peerllm.desktop.logs;

import java.util.Optional;

/**
 * One entry of the log, ready to be read.
 *
 * @param nextStep what a person can do about it, with the code to look it up by
 * @param whole as it stands in the file, to be copied
 */
public record LogRow(String time, Level level, String text, Optional<String> nextStep, String whole) {

    /** From the least to the most serious. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }
}
