package com.peerllm.host.diagnostics;

import com.peerllm.host.diagnostics.LogEntry.Level;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes entries of the lines of a log: what follows an entry without a time belongs to it. For one thread. */
final class LogLines {
    private static final Pattern BEGINNING = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\S+) (ERROR|WARN|INFO|DEBUG|TRACE) +(\\S+) - (?:\\[([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\\] )?(.*)");
    private static final int MOST_CHARACTERS = 20_000;

    private final Consumer<LogEntry> reader;
    private LogEntry open;
    private final StringBuilder more = new StringBuilder();

    LogLines(Consumer<LogEntry> reader) {
        this.reader = reader;
    }

    void line(String line) {
        Optional<LogEntry> begun = beginning(line);
        if (begun.isPresent()) {
            end();
            open = begun.get();
        } else if (open != null && more.length() + line.length() < MOST_CHARACTERS) {
            if (!more.isEmpty()) more.append('\n');
            more.append(line);
        }
    }

    /** Hands on the entry that was begun. */
    void end() {
        if (open == null) return;
        LogEntry done = open;
        open = null;
        reader.accept(new LogEntry(done.at(), done.level(), done.source(), done.code(), done.text(), more.toString()));
        more.setLength(0);
    }

    private static Optional<LogEntry> beginning(String line) {
        if (line.isEmpty() || !Character.isDigit(line.charAt(0))) return Optional.empty();
        Matcher parts = BEGINNING.matcher(line);
        if (!parts.matches()) return Optional.empty();
        try {
            return Optional.of(new LogEntry(
                    OffsetDateTime.parse(parts.group(1)),
                    parts.group(2).equals("TRACE") ? Level.DEBUG : Level.valueOf(parts.group(2)),
                    parts.group(3),
                    Optional.ofNullable(parts.group(4)),
                    cut(parts.group(5)),
                    ""));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
