package com.peerllm.orchestrator;

/** The exit codes of the orchestrator's command line; documented in docs/operating.md. */
enum ExitCode {
    OK(0),
    UNEXPECTED(1),
    USAGE(2),
    PORT_TAKEN(3),
    DATA_FOLDER(4),
    DATABASE(5),
    TLS(6),
    COMMAND_FAILED(7),
    RECEIPT_INVALID(8),
    UNREADABLE(9);

    final int number;

    ExitCode(int number) {
        this.number = number;
    }
}
