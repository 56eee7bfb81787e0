package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;

/** The models the network lists, with their prices, looked up in memory. */
public final class ModelCatalogue {

    /** @param defaultPrice of models that are not listed, and of the built-in one until it is published with another */
    public ModelCatalogue(Database database, TokenPrice defaultPrice) {}

    public Optional<ModelManifest> find(ModelId id) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<ModelManifest> find(ModelDigest digest) {
        throw new UnsupportedOperationException("not yet");
    }

    /** By id. */
    public List<ModelManifest> list() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The listed price, or the default. */
    public TokenPrice priceOf(ModelDigest digest) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Lists a model, or changes its entry. Writes the database. */
    public void publish(ModelManifest manifest) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return false when it was not listed */
    public boolean withdraw(ModelId id) {
        throw new UnsupportedOperationException("not yet");
    }
}
