package com.peerllm.host;

import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Footprint;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.shared.model.ModelDigest;

/**
 * One model that a host is going to serve, and how.
 *
 * @param takes memory while it is loaded, by its header
 * @param pinned stays in memory
 */
public record PlannedModel(CheckedModel model, EngineOptions engine, Footprint takes, boolean pinned) {

    public ModelDigest digest() {
        return model.model().digest();
    }

    public String name() {
        return model.model().name();
    }
}
