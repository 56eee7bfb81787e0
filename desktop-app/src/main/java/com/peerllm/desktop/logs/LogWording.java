package com.peerllm.desktop.logs;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.diagnostics.LogEntry;
import com.peerllm.host.diagnostics.NextStep;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;

/** Puts entries of the log into words; what the program wrote stays in English, what to do is in the person's language. */
final class LogWording {
    private final Messages messages;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;

    LogWording(Messages messages) {
        this.messages = messages;
        time = DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withLocale(messages.locale());
        day = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(messages.locale());
    }

    LogRow row(LogEntry entry) {
        return new LogRow(time.format(entry.at()), level(entry.level()), entry.text(), nextStep(entry), entry.line());
    }

    String day(LocalDate date) {
        return day.format(date);
    }

    private static LogRow.Level level(LogEntry.Level level) {
        return switch (level) {
            case ERROR -> LogRow.Level.ERROR;
            case WARN -> LogRow.Level.WARNING;
            case INFO, DEBUG -> LogRow.Level.INFO;
        };
    }

    private Optional<String> nextStep(LogEntry entry) {
        Optional<String> step = NextStep.of(entry).map(this::words);
        if (step.isEmpty()) return entry.code().map(code -> messages.text("logs.code", code));
        return Optional.of(entry.code()
                .map(code -> messages.text("logs.step.code", step.get(), code))
                .orElse(step.get()));
    }

    private String words(NextStep step) {
        return switch (step) {
            case FREE_DISK -> messages.text("logs.step.freeDisk");
            case CHECK_PERMISSIONS -> messages.text("logs.step.checkPermissions");
            case CHECK_NETWORK -> messages.text("logs.step.checkNetwork");
            case CHECK_CERTIFICATE -> messages.text("logs.step.checkCertificate");
            case CHECK_CLOCK -> messages.text("logs.step.checkClock");
            case FREE_MEMORY -> messages.text("logs.step.freeMemory");
            case FETCH_ENGINE -> messages.text("logs.step.fetchEngine");
            case STOP_OTHER -> messages.text("logs.step.stopOther");
            case CHECK_RECEIPT -> messages.text("logs.step.checkReceipt");
            case REPORT -> messages.text("logs.step.report");
        };
    }
}
