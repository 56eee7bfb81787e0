package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** The money: every account's balance, and whether everything adds up. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Show balances; check that everything adds up.")
final class LedgerCommand {
    @Command(mixinStandardHelpOptions = true, description = "Every account; together they are zero.")
    int balances(@Mixin AdminSubcommand admin) {
        return admin.run(new AdminCommand.Balances(), answer -> {
            for (JsonNode account : answer.path("accounts")) {
                admin.print(String.format(
                        "%20s  held %s  %s%s",
                        AdminSubcommand.dollars(account.path("posted_nanodollars")),
                        AdminSubcommand.dollars(account.path("held_nanodollars")),
                        account.path("account").asString(),
                        account.has("pseudonym")
                                ? " (" + account.path("pseudonym").asString() + ")"
                                : ""));
            }
            admin.print(String.format("%20s  sum", AdminSubcommand.dollars(answer.path("sum_nanodollars"))));
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Add everything up again: memory, tables and journal. Exit code 7 names the first fault.")
    int audit(@Mixin AdminSubcommand admin) {
        JsonNode report = admin.ask(new AdminCommand.Audit());
        admin.print(report.toString());
        return report.path("clean").asBoolean() ? ExitCode.OK.number : ExitCode.COMMAND_FAILED.number;
    }
}
