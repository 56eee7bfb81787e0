package com.peerllm.orchestrator;

/** Why the program cannot go on; the message says what happened and what to do. */
final class StartException extends RuntimeException {
    private final ExitCode code;

    StartException(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    StartException(ExitCode code, String message) {
        this(code, message, null);
    }

    ExitCode code() {
        return code;
    }
}
