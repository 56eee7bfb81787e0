package com.peerllm.host.earnings;

import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a network's hosts of each model were paid in the last seven days: what happened, which promises nothing.
 *
 * @param models those of which a host was paid
 * @param all whether there is no other; else the network told only those that most was paid for
 */
public record RecentPay(Map<ModelDigest, OfModel> models, boolean all) {
    /** So many an orchestrator tells. */
    private static final int MOST_MODELS = 500;

    public RecentPay {
        models = Map.copyOf(models);
    }

    /**
     * Of one model.
     *
     * @param hostShare what all its hosts were paid together
     * @param hosts how many of them were paid anything
     */
    public record OfModel(Credits hostShare, long hosts) {
        private static final OfModel NOTHING = new OfModel(Credits.ZERO, 0);
    }

    /**
     * Of an orchestrator's {@code GET /ledger/models/recent}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static RecentPay of(JsonNode json) {
        JsonNode data = json.path("data");
        if (!data.isArray()) throw new IllegalArgumentException("There is no list in it");
        Map<ModelDigest, OfModel> models = new HashMap<>();
        for (JsonNode row : data) {
            long share = row.path("host_share_nanodollars").asLong(0);
            long hosts = row.path("hosts").asLong(0);
            if (share <= 0 || hosts <= 0) throw new IllegalArgumentException("There is a model without pay in it");
            models.put(new ModelDigest(row.path("digest").asString("")), new OfModel(new Credits(share), hosts));
        }
        return new RecentPay(models, data.size() < MOST_MODELS);
    }

    /** Empty where the network did not say. */
    public Optional<OfModel> of(ModelDigest model) {
        Optional<OfModel> told = Optional.ofNullable(models.get(model));
        return all ? told.or(() -> Optional.of(OfModel.NOTHING)) : told;
    }
}
