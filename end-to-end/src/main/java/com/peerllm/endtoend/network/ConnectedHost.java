package com.peerllm.endtoend.network;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.peerllm.shared.identity.HostId;
import java.util.List;

/** A host as {@code GET /hosts} shows it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConnectedHost(HostId id, String pseudonym, boolean draining, List<Model> models) {
    public ConnectedHost {
        models = List.copyOf(models);
    }

    /** A model that it serves. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Model(
            String name,
            String sha256,
            @JsonProperty("context_length") int contextLength,
            int slots,
            @JsonProperty("free_slots") int freeSlots) {}

    public boolean isServing() {
        return models.stream().anyMatch(model -> model.slots() > 0);
    }

    /** How many jobs it has now. */
    public int runningJobs() {
        return models.stream()
                .mapToInt(model -> model.slots() - model.freeSlots())
                .sum();
    }
}
