package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys: make one (its secret is shown once), list, revoke. */
@Command(name = "key", mixinStandardHelpOptions = true, description = "Make, list and revoke API keys.")
final class KeyCommand {
    @Command(mixinStandardHelpOptions = true, description = "Make a key; its secret is printed once and kept nowhere.")
    int create(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME", description = "The account.") String name,
            @Option(names = "--label", defaultValue = "", description = "Your word for this key.") String label) {
        return admin.run(
                new AdminCommand.CreateKey(name, label),
                answer -> admin.print(answer.path("secret").asString()));
    }

    @Command(mixinStandardHelpOptions = true, description = "List an account's keys, without their secrets.")
    int list(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "NAME", description = "The account.") String name) {
        return admin.run(
                new AdminCommand.ListKeys(name),
                answer -> answer.path("keys")
                        .forEach(key -> admin.print(key.path("key_id").asString() + "  made "
                                + key.path("created_at").asString()
                                + (key.has("revoked_at")
                                        ? "  revoked " + key.path("revoked_at").asString()
                                        : "") + "  "
                                + key.path("label").asString())));
    }

    @Command(mixinStandardHelpOptions = true, description = "Make a key useless from now on.")
    int revoke(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "KEY-ID") String keyId) {
        return admin.run(new AdminCommand.RevokeKey(keyId), answer -> admin.print("Revoked " + keyId));
    }
}
