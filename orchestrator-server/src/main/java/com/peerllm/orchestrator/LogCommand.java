package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** The transparency log's files. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Check the files of the transparency log against the tables.")
final class LogCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = "Make every file of the log again and compare. Exit code 7 names the damaged files.")
    int check(@Mixin AdminSubcommand admin) {
        JsonNode report = admin.ask(new AdminCommand.CheckLog());
        admin.print(report.toString());
        return report.path("clean").asBoolean() ? ExitCode.OK.number : ExitCode.COMMAND_FAILED.number;
    }
}
