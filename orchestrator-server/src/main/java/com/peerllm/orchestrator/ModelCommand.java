package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The catalogue: which file a model name stands for, and its price. */
@Command(name = "model", mixinStandardHelpOptions = true, description = "List models of the catalogue; put one in.")
final class ModelCommand {
    @Command(mixinStandardHelpOptions = true, description = "The models that have a name in the catalogue.")
    int list(@Mixin AdminSubcommand admin) {
        return admin.run(
                new AdminCommand.ListModels(),
                answer -> answer.path("models")
                        .forEach(model -> admin.print(model.path("id").asString() + "  "
                                + model.path("sha256").asString() + "  prompt "
                                + AdminSubcommand.dollars(model.path("prompt_nanodollars_per_million"))
                                + "  completion "
                                + AdminSubcommand.dollars(model.path("completion_nanodollars_per_million")))));
    }

    @Command(mixinStandardHelpOptions = true, description = "Give a model file a name and a price.")
    int publish(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--sha256", required = true, paramLabel = "HEX") String sha256,
            @Option(names = "--size", required = true, paramLabel = "BYTES") long sizeBytes,
            @Option(names = "--licence", paramLabel = "SPDX") Optional<String> licence,
            @Option(names = "--prompt-price", required = true, paramLabel = "USD", description = "Per million tokens.")
                    String promptPrice,
            @Option(
                            names = "--completion-price",
                            required = true,
                            paramLabel = "USD",
                            description = "Per million tokens.")
                    String completionPrice) {
        TokenPrice price = new TokenPrice(AdminSubcommand.amount(promptPrice), AdminSubcommand.amount(completionPrice));
        try {
            return admin.run(
                    new AdminCommand.PublishModel(
                            new ModelId(name), new ModelDigest(sha256), sizeBytes, licence, price),
                    answer -> admin.print("Published " + answer.path("id").asString()));
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }
}
