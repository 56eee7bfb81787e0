package com.peerllm.host.diagnostics;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One entry of the log.
 *
 * @param source which part of the program wrote it
 * @param code of a warning or an error
 * @param more the lines below it, such as a stack trace; empty for most
 */
public record LogEntry(OffsetDateTime at, Level level, String source, Optional<String> code, String text, String more) {

    /** From the least to the most serious. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** As it stands in the file. */
    public String line() {
        return at + " " + level + " " + source + " - "
                + code.map(c -> "[" + c + "] ").orElse("") + text + (more.isEmpty() ? "" : "\n" + more);
    }
}
