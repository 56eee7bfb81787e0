package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Consumer accounts: make one, put money in. */
@Command(name = "account", mixinStandardHelpOptions = true, description = "Make consumer accounts and put credits in.")
final class AccountCommand {
    @Command(mixinStandardHelpOptions = true, description = "Make an account, with credits if wanted.")
    int create(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--credits", paramLabel = "USD", description = "Put so much in at once.")
                    Optional<String> credits) {
        AdminCommand.CreateAccount create = new AdminCommand.CreateAccount(name);
        if (credits.isEmpty()) {
            return admin.run(
                    create,
                    answer -> admin.print("Account " + answer.path("account").asString()));
        }
        admin.ask(create);
        return topUp(admin, name, credits.get(), Optional.empty());
    }

    @Command(name = "topup", mixinStandardHelpOptions = true, description = "Put credits into an account.")
    int topUp(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "USD") String amount,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description = "A name for this top-up; giving the same name again does not pay twice.")
                    Optional<String> id) {
        String transfer = "topup-" + id.orElseGet(() -> UUID.randomUUID().toString());
        return admin.run(
                new AdminCommand.TopUp(name, AdminSubcommand.amount(amount), transfer),
                answer -> admin.print("Account " + answer.path("account").asString() + " has "
                        + AdminSubcommand.dollars(answer.path("posted_nanodollars"))));
    }
}
