package com.peerllm.host.diagnostics;

import com.peerllm.host.diagnostics.LogEntry.Level;
import java.util.Locale;
import java.util.Optional;

/** What a person can do about an error in the log; decided from its text alone. */
public enum NextStep {
    FREE_DISK("No space left on device", "There is not enough space", "Not enough free disk"),
    CHECK_PERMISSIONS("AccessDenied", "Permission denied", "Read-only file system"),
    CHECK_NETWORK(
            "UnknownHost",
            "Connection refused",
            "ConnectException",
            "SocketTimeout",
            "No route to host",
            "Network is unreachable",
            "Nothing answers at"),
    CHECK_CERTIFICATE("SSLHandshake", "PKIX", "CertificateException"),
    CHECK_CLOCK("Check this computer's clock"),
    FREE_MEMORY("OutOfMemory", "Not enough memory", "Cannot allocate memory"),
    FETCH_ENGINE("NATIVES_MISSING", "native libraries are missing", "UnsatisfiedLink"),
    STOP_OTHER("DATA_FOLDER_IN_USE", "is in use by another program", "Address already in use"),
    CHECK_RECEIPT("receipt_disputed"),
    /** Nothing is known about it: whoever writes this program should hear of it. */
    REPORT;

    private final String[] signs;

    NextStep(String... signs) {
        this.signs = signs;
    }

    /** Nothing for what is no warning and no error, and for a warning that needs nobody. */
    public static Optional<NextStep> of(LogEntry entry) {
        if (entry.level().compareTo(Level.WARN) < 0) return Optional.empty();
        String text = (entry.text() + "\n" + entry.more()).toLowerCase(Locale.ROOT);
        for (NextStep step : values())
            for (String sign : step.signs) if (text.contains(sign.toLowerCase(Locale.ROOT))) return Optional.of(step);
        return entry.level() == Level.ERROR ? Optional.of(REPORT) : Optional.empty();
    }

    /** In English, for terminals; the window has its own words. */
    public String sentence() {
        return switch (this) {
            case FREE_DISK -> "Free disk space, or choose another folder for models.";
            case CHECK_PERMISSIONS -> "Check who may read and write the folder that is named.";
            case CHECK_NETWORK -> "Check this computer's connection and the network's address; it is tried again.";
            case CHECK_CERTIFICATE -> "Check the address; for a network with its own certificates use --ca.";
            case CHECK_CLOCK -> "Set this computer's clock, best automatically.";
            case FREE_MEMORY -> "Close other programs, or choose a smaller model or a shorter context.";
            case FETCH_ENGINE -> "Run ./peerllm once: it fetches the engine for this computer.";
            case STOP_OTHER -> "Another program uses it already: stop that one first.";
            case CHECK_RECEIPT -> "Look at the receipt: it does not hold and is not counted.";
            case REPORT -> "If it happens again, make a support bundle and report the code.";
        };
    }
}
