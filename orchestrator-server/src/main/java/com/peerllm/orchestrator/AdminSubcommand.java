package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.money.Credits;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the administration subcommands share: where the orchestrator is, and how answers are printed. */
final class AdminSubcommand {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    /** Carries the command out and prints the answer: as it is with {@code --json}, else in the given words. */
    int run(AdminCommand command, Consumer<JsonNode> words) {
        JsonNode answer = ask(command);
        if (json) {
            print(answer.toString());
        } else {
            words.accept(answer);
        }
        return ExitCode.OK.number;
    }

    JsonNode ask(AdminCommand command) {
        OrchestratorCommand orchestrator = (OrchestratorCommand) spec.root().userObject();
        return new AdminClient(orchestrator.data(), orchestrator.database(), orchestrator.payouts()).run(command);
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    static String dollars(JsonNode nanoDollars) {
        return new Credits(nanoDollars.asLong()).toString();
    }

    static Credits amount(String dollars) {
        try {
            return Credits.parseDollars(dollars);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, "'" + dollars + "' is not an amount in dollars such as 12.50.", e);
        }
    }
}
