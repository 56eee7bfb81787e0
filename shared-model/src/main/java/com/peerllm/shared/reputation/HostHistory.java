package com.peerllm.shared.reputation;

import com.peerllm.shared.model.ModelDigest;
import java.util.Map;

/** What all evidence of one host adds up to: its presence, and what it did with each model. */
public record HostHistory(Presence presence, Map<ModelDigest, ModelHistory> models) {
    public static final HostHistory UNKNOWN = new HostHistory(Presence.NEW, Map.of());

    /** The latest end of an exclusion over all models: who lies, lies as a host. */
    public long excludedUntilMillis() {
        return models.values().stream()
                .mapToLong(model -> model.honesty().excludedUntilMillis())
                .max()
                .orElse(0);
    }
}
