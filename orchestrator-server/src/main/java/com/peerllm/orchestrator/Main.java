package com.peerllm.orchestrator;

import com.peerllm.orchestrator.storage.StorageException;
import com.peerllm.orchestrator.telemetry.Logs;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The orchestrator's command line: what stands after {@code peerllm orchestrator}, and {@code peerllm verify}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = run(args);
        Logs.close();
        System.exit(code);
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** With a sentence and an exit code for every failure. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new OrchestratorCommand());
        // What is typed comes after the file of options that the start script names, and counts instead of it.
        line.setOverwrittenOptionsAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            ExitCode code = code(failure);
            command.getErr().println("Error: " + sentence(failure, code));
            if (code == ExitCode.UNEXPECTED) LoggerFactory.getLogger(Main.class).error("Unexpected", failure);
            return code.number;
        });
        return line;
    }

    private static ExitCode code(Exception failure) {
        return switch (failure) {
            case StartException start -> start.code();
            case StorageException storage -> ExitCode.DATABASE;
            case com.peerllm.orchestrator.admin.AdminException admin -> ExitCode.COMMAND_FAILED;
            case com.peerllm.orchestrator.ledger.LedgerException ledger -> ExitCode.DATABASE;
            default -> ExitCode.UNEXPECTED;
        };
    }

    private static String sentence(Exception failure, ExitCode code) {
        return code == ExitCode.UNEXPECTED
                ? "Something unexpected happened; the log says more ("
                        + failure.getClass().getSimpleName() + ")."
                : failure.getMessage();
    }
}
