package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.TokenPrice;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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
                                + AdminSubcommand.dollars(model.path("completion_nanodollars_per_million"))
                                + royalty(model))));
    }

    private static String royalty(JsonNode model) {
        if (!model.has("creator")) return "";
        return "  royalty "
                + BigDecimal.valueOf(model.path("royalty_basis_points").asLong(), 2)
                        .stripTrailingZeros()
                        .toPlainString()
                + "% to " + model.path("creator").asString();
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
                    String completionPrice,
            @Option(
                            names = "--creator",
                            paramLabel = "NAME",
                            description = "Who gets a royalty of this model; none takes it off. Without it: as it is.")
                    Optional<String> creator,
            @Option(
                            names = "--royalty",
                            paramLabel = "PERCENT",
                            description = "The creator's share of the hosts' part, such as 2.5%%.")
                    Optional<String> royalty) {
        TokenPrice price = new TokenPrice(AdminSubcommand.amount(promptPrice), AdminSubcommand.amount(completionPrice));
        try {
            return admin.run(
                    new AdminCommand.PublishModel(
                            new ModelId(name),
                            new ModelDigest(sha256),
                            sizeBytes,
                            licence,
                            price,
                            royalty(creator, royalty)),
                    answer -> admin.print("Published " + answer.path("id").asString()));
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    /** Nothing said leaves it as it is. */
    private static Optional<AdminCommand.Royalty> royalty(Optional<String> creator, Optional<String> share) {
        boolean removed = creator.filter("none"::equals).isPresent();
        if (removed ? share.isPresent() : creator.isPresent() != share.isPresent()) {
            throw new IllegalArgumentException("--creator and --royalty come together; --creator none comes alone");
        }
        if (removed) return Optional.of(AdminCommand.Royalty.NONE);
        return creator.map(name -> new AdminCommand.Royalty(Optional.of(account(name)), basisPoints(share.get())));
    }

    private static AccountId account(String name) {
        return name.contains(":") ? new AccountId(name) : AccountId.of("creator", name);
    }

    private static int basisPoints(String percent) {
        String number = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent;
        try {
            int points = new BigDecimal(number.strip()).movePointRight(2).intValueExact();
            if (points >= 1 && points <= 10_000) return points;
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "A royalty is from 0.01% to 100%, with at most two decimals; it is '" + percent + "'");
    }
}
