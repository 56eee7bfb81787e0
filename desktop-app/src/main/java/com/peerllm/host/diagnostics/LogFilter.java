package com.peerllm.host.diagnostics;

import com.peerllm.host.diagnostics.LogEntry.Level;
import java.util.Locale;

/**
 * Which entries somebody wants to see.
 *
 * @param least nothing less serious
 * @param word in any part of the entry, in any case; empty for all
 */
public record LogFilter(Level least, String word) {
    public static final LogFilter ALL = new LogFilter(Level.DEBUG, "");

    public LogFilter {
        word = word.strip().toLowerCase(Locale.ROOT);
    }

    public boolean takes(LogEntry entry) {
        return entry.level().compareTo(least) >= 0
                && (word.isEmpty() || entry.line().toLowerCase(Locale.ROOT).contains(word));
    }
}
