package com.peerllm.host.cli;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.kernel.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of {@code peerllm host}, one for each thing that a script may want to tell apart. */
public enum ExitCode {
    OK(0, "Done."),
    UNEXPECTED(1, "Something unexpected; the log file says more."),
    USAGE(2, "An argument or an address that cannot be."),
    BAD_MODEL(3, "A model file that is missing, damaged or cannot be served."),
    NOT_ENOUGH_MEMORY(4, "The model does not fit in memory."),
    ORCHESTRATOR(5, "The orchestrator cannot be reached, is not who it was, or refuses this host."),
    DATA_FOLDER_IN_USE(6, "Another host uses the data folder."),
    ENGINE(7, "The engine is missing, does not fit this computer, or keeps failing."),
    DATA_FOLDER_BROKEN(8, "The data folder or a file in it cannot be read or written."),
    RECEIPT_INVALID(9, "A receipt does not hold."),
    NOT_RUNNING(10, "No host runs with this data folder (status)."),
    REPUTATION_DIFFERS(11, "The evidence does not add up to the score (reputation --recompute)."),
    PUBLISHER(12, "A publisher of models cannot be reached, or answers what cannot be used."),
    DOWNLOAD(14, "A file was not downloaded to its end; what was received is kept."),
    NOT_HEALTHY(15, "Something that sharing needs is not right (doctor)."),
    UPDATE(
            16,
            "A newer version cannot be taken: not signed, older, damaged, none for this computer, or not now (update).");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    static ExitCode of(Problem problem) {
        return switch (problem) {
            case USAGE -> USAGE;
            case BAD_MODEL -> BAD_MODEL;
            case NOT_ENOUGH_MEMORY -> NOT_ENOUGH_MEMORY;
            case ORCHESTRATOR -> ORCHESTRATOR;
            case DATA_FOLDER_IN_USE -> DATA_FOLDER_IN_USE;
            case DATA_FOLDER_BROKEN -> DATA_FOLDER_BROKEN;
            case ENGINE -> ENGINE;
            case PUBLISHER -> PUBLISHER;
            case DOWNLOAD -> DOWNLOAD;
            case UPDATE -> UPDATE;
        };
    }

    static ExitCode of(EngineErrorCode code) {
        return switch (code) {
            case MODEL_MISSING, MODEL_BROKEN -> BAD_MODEL;
            case NOT_ENOUGH_MEMORY -> NOT_ENOUGH_MEMORY;
            case ENGINE_LOST,
                    NOT_READY,
                    BUSY,
                    STOPPED,
                    PROMPT_TOO_LONG,
                    BAD_REQUEST,
                    COMPUTE_FAILED,
                    NATIVES_MISSING,
                    LAYOUT_MISMATCH,
                    START_FAILED,
                    TOO_SLOW,
                    QUARANTINED -> ENGINE;
        };
    }

    /** For the help text. */
    static Map<String, String> documented() {
        Map<String, String> lines = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> lines.put(Integer.toString(code.number), code.meaning));
        return lines;
    }
}
