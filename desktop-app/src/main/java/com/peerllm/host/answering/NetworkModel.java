package com.peerllm.host.answering;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A model that the network serves now.
 *
 * @param id what the network calls it
 * @param sha256 of its file, in hex; empty when the network does not tell
 * @param price the network's, of a million tokens; empty when the network does not tell
 * @param features what can be asked of it, in the words of {@code ModelFeature}
 * @param json the network's own object
 */
public record NetworkModel(
        String id, Optional<String> sha256, Optional<TokenPrice> price, List<String> features, JsonNode json) {
    public NetworkModel {
        features = List.copyOf(features);
    }

    /** @param list the answer of {@code GET /v1/models} */
    static List<NetworkModel> listed(JsonNode list) {
        List<NetworkModel> models = new ArrayList<>();
        for (JsonNode model : list.path("data")) {
            String id = model.path("id").asString("");
            if (!id.isBlank()) models.add(of(id, model));
        }
        return List.copyOf(models);
    }

    private static NetworkModel of(String id, JsonNode model) {
        JsonNode more = model.path("peerllm");
        List<String> features = new ArrayList<>();
        for (JsonNode feature : more.path("features")) features.add(feature.asString(""));
        return new NetworkModel(
                id,
                more.path("sha256").isString() ? Optional.of(more.path("sha256").asString()) : Optional.empty(),
                price(more),
                features,
                model);
    }

    private static Optional<TokenPrice> price(JsonNode more) {
        JsonNode prompt = more.path("prompt_nanodollars_per_million");
        JsonNode completion = more.path("completion_nanodollars_per_million");
        boolean told = prompt.canConvertToLong()
                && completion.canConvertToLong()
                && prompt.asLong() >= 0
                && completion.asLong() >= 0;
        return told
                ? Optional.of(new TokenPrice(new Credits(prompt.asLong()), new Credits(completion.asLong())))
                : Optional.empty();
    }

    /** Whether it answers chats; one that does not tell what it can do is asked. */
    boolean answersChats() {
        return features.isEmpty() || features.contains("chat");
    }
}
