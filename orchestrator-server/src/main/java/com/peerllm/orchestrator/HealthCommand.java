package com.peerllm.orchestrator;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Asks the orchestrator of this data folder whether it takes requests: for service managers, which have no HTTP client. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Exit code 0 when the orchestrator of the data folder takes requests, else 7; prints why.")
final class HealthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private OrchestratorCommand orchestrator;

    @Override
    public Integer call() {
        AdminClient.Readiness readiness = new AdminClient(orchestrator.data(), orchestrator.database()).readiness();
        spec.commandLine().getOut().println(readiness.report());
        spec.commandLine().getOut().flush();
        return (readiness.ready() ? ExitCode.OK : ExitCode.COMMAND_FAILED).number;
    }
}
