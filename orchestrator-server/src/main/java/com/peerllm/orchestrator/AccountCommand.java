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
    static final String EXPIRES =
            "A day such as 2027-01-31 (its beginning, UTC) or a time such as 2027-01-31T12:00:00Z.";

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

    @Command(
            mixinStandardHelpOptions = true,
            description = "Give credits that are spent first, on answers only, and never paid out.")
    int promo(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "USD") String amount,
            @Option(names = "--expires", paramLabel = "WHEN", description = EXPIRES) Optional<String> expires,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description = "A name for this gift; giving the same name again does not give twice.")
                    Optional<String> id) {
        String transfer = "promo-" + id.orElseGet(() -> UUID.randomUUID().toString());
        return admin.run(
                new AdminCommand.GrantPromo(name, AdminSubcommand.amount(amount), transfer, KeyOptions.moment(expires)),
                answer -> admin.print("Account " + answer.path("account").asString() + " has "
                        + AdminSubcommand.dollars(answer.path("posted_nanodollars")) + " and "
                        + AdminSubcommand.dollars(answer.path("promo_nanodollars")) + " of gifts"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Revoke an account's keys, forget their labels, and delete the secret without which nobody can tell"
                        + " what the transparency log says of it.",
                "The account's name and its lines in the journal stay."
            })
    int erase(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--forfeit", description = "Give up what the account still has.") boolean forfeit) {
        return admin.run(
                new AdminCommand.EraseAccount(name, forfeit),
                answer -> admin.print("Erased " + answer.path("account").asString() + ": "
                        + answer.path("keys_revoked").asInt() + " keys revoked, "
                        + AdminSubcommand.dollars(answer.path("forfeited_nanodollars")) + " forfeited"));
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
