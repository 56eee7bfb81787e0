package com.peerllm.host;

import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Footprint;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/**
 * One model that a host is going to serve, and how.
 *
 * @param takes memory while it is loaded, by its header
 * @param pinned stays in memory
 * @param ask what is asked for a million tokens; without one, the network's price
 */
public record PlannedModel(
        CheckedModel model, EngineOptions engine, Footprint takes, boolean pinned, Optional<TokenPrice> ask) {

    public ModelDigest digest() {
        return model.model().digest();
    }

    public String name() {
        return model.model().name();
    }
}
