package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** API keys: make one (its secret is shown once), list, change, revoke. */
@Command(name = "key", mixinStandardHelpOptions = true, description = "Make, list, change and revoke API keys.")
final class KeyCommand {
    @Command(mixinStandardHelpOptions = true, description = "Make a key; its secret is printed once and kept nowhere.")
    int create(
            @Mixin AdminSubcommand admin,
            @Mixin KeyOptions options,
            @Parameters(paramLabel = "NAME", description = "The account.") String name,
            @Option(names = "--label", defaultValue = "", description = "Your word for this key.") String label) {
        return admin.run(
                new AdminCommand.CreateKey(name, label, Optional.of(options.terms())),
                answer -> admin.print(answer.path("secret").asString()));
    }

    @Command(mixinStandardHelpOptions = true, description = "List an account's keys, without their secrets.")
    int list(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "NAME", description = "The account.") String name) {
        return admin.run(
                new AdminCommand.ListKeys(name), answer -> answer.path("keys").forEach(key -> admin.print(line(key))));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Change what a key may do and spend; what is not named stays. Write 'none' to take a limit off.")
    int update(
            @Mixin AdminSubcommand admin,
            @Mixin KeyOptions options,
            @Parameters(paramLabel = "KEY-ID") String keyId,
            @Option(names = "--label", description = "Your word for this key.") Optional<String> label) {
        return admin.run(new AdminCommand.UpdateKey(keyId, options.change(label)), answer -> admin.print(line(answer)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Make a key useless from now on.")
    int revoke(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "KEY-ID") String keyId) {
        return admin.run(new AdminCommand.RevokeKey(keyId), answer -> admin.print("Revoked " + keyId));
    }

    private static String line(JsonNode key) {
        List<String> words = new ArrayList<>();
        words.add(key.path("key_id").asString());
        words.add("made " + key.path("created_at").asString());
        if (key.has("revoked_at")) words.add("revoked " + key.path("revoked_at").asString());
        if (key.has("expires_at")) words.add("expires " + key.path("expires_at").asString());
        if (key.has("last_used_at"))
            words.add("used " + key.path("last_used_at").asString());
        List<String> scopes = new ArrayList<>();
        key.path("scopes").forEach(scope -> scopes.add(scope.asString()));
        words.add("may " + String.join(",", scopes));
        words.add("spent " + AdminSubcommand.dollars(spent(key)));
        if (key.has("spend_limit_nanodollars")) {
            words.add("of " + AdminSubcommand.dollars(key.path("spend_limit_nanodollars")) + " per "
                    + key.path("spend_limit_period").asString());
        }
        if (key.has("requests_per_minute")) words.add(key.path("requests_per_minute") + " requests/min");
        if (key.has("tokens_per_minute")) words.add(key.path("tokens_per_minute") + " tokens/min");
        words.add(key.path("label").asString());
        return String.join("  ", words);
    }

    /** What counts towards the limit. */
    private static JsonNode spent(JsonNode key) {
        return switch (key.path("spend_limit_period").asString("total")) {
            case "day" -> key.path("spent_today_nanodollars");
            case "month" -> key.path("spent_this_month_nanodollars");
            default -> key.path("spent_nanodollars");
        };
    }
}
