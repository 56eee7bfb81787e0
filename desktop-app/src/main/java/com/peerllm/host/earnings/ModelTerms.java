package com.peerllm.host.earnings;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * On which terms a network takes a model: what it costs there, and who gets how much of it.
 *
 * @param model its name there; empty for a file that nobody listed
 * @param hosts that serve it now
 * @param networkPrice of a host that asks nothing
 * @param lowestAsk of the hosts that serve it now
 * @param medianAsk of the host in the middle
 * @param split of each payment
 * @param creator who gets the royalty
 */
public record ModelTerms(
        Optional<String> model,
        int hosts,
        TokenPrice networkPrice,
        Optional<TokenPrice> lowestAsk,
        Optional<TokenPrice> medianAsk,
        RevenueSplit split,
        Optional<String> creator) {

    /**
     * Of an orchestrator's {@code GET /prices/...}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static ModelTerms of(JsonNode json) {
        return new ModelTerms(
                text(json.path("model")),
                json.path("hosts").asInt(0),
                price(json.path("network_price"))
                        .orElseThrow(() -> new IllegalArgumentException("There is no price in it")),
                price(json.path("lowest_ask")),
                price(json.path("median_ask")),
                new RevenueSplit(
                        json.path("network_share_basis_points").asInt(-1),
                        json.path("royalty_basis_points").asInt(-1)),
                text(json.path("creator")));
    }

    /** What of a million tokens each is the host's, at a price. */
    public TokenPrice kept(TokenPrice price) {
        return new TokenPrice(
                split.of(price.promptPerMillion()).host(),
                split.of(price.completionPerMillion()).host());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static Optional<TokenPrice> price(JsonNode node) {
        if (!node.isObject()) return Optional.empty();
        return Optional.of(new TokenPrice(
                new Credits(node.path("prompt_nanodollars_per_million").asLong(-1)),
                new Credits(node.path("completion_nanodollars_per_million").asLong(-1))));
    }
}
