package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.ModelCatalogStore;
import com.peerllm.orchestrator.storage.ModelCatalogStore.ModelRow;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.TokenPrice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The models the network lists, with their prices, looked up in memory.
 *
 * <p>Safe for many threads. Only an administrator changes it; a change writes the database.
 */
public final class ModelCatalogue {
    private final ModelCatalogStore store;
    private final TokenPrice defaultPrice;
    private volatile Listed listed;

    /**
     * Loads the catalogue, and lists the built-in model in it unless it was ever withdrawn.
     *
     * @param defaultPrice of models that are not listed, and of the built-in one until it is published with another
     */
    public ModelCatalogue(Database database, TokenPrice defaultPrice) {
        this.store = database.models();
        this.defaultPrice = defaultPrice;
        ModelManifest starter = BuiltInModel.listedAt(defaultPrice);
        boolean known =
                store.all().stream().anyMatch(row -> row.manifest().digest().equals(starter.digest()));
        if (!known) store.put(new ModelRow(starter, true));
        this.listed = Listed.of(store.all());
    }

    public Optional<ModelManifest> find(ModelId id) {
        return Optional.ofNullable(listed.byId().get(id));
    }

    public Optional<ModelManifest> find(ModelDigest digest) {
        return Optional.ofNullable(listed.byDigest().get(digest));
    }

    /** By id. */
    public List<ModelManifest> list() {
        return List.copyOf(listed.byId().values());
    }

    /** The listed price, or the default. */
    public TokenPrice priceOf(ModelDigest digest) {
        return find(digest).map(ModelManifest::price).orElse(defaultPrice);
    }

    /**
     * Lists a model, or changes the entry of its id.
     *
     * @throws IllegalArgumentException when another id lists the same file, or the royalty has no receiver
     */
    public synchronized void publish(ModelManifest manifest) {
        requireSound(manifest);
        store.put(new ModelRow(manifest, true));
        listed = Listed.of(store.all());
    }

    private void requireSound(ModelManifest manifest) {
        boolean royalty = manifest.royaltyBasisPoints() > 0;
        if (royalty != manifest.creator().isPresent()) {
            throw new IllegalArgumentException("A royalty needs a creator, and a creator a royalty");
        }
        if (manifest.creator().stream().anyMatch(creator -> !creator.kind().equals(AccountKind.CREATOR.word()))) {
            throw new IllegalArgumentException("A royalty goes to an account of kind creator");
        }
        for (ModelRow row : store.all()) {
            ModelManifest other = row.manifest();
            if (other.digest().equals(manifest.digest()) && !other.id().equals(manifest.id())) {
                throw new IllegalArgumentException("This file is in the catalogue as " + other.id());
            }
        }
    }

    /**
     * Takes a model out of the list. Hosts may go on to serve it, at the default price.
     *
     * @return false when it was not listed
     */
    public synchronized boolean withdraw(ModelId id) {
        Optional<ModelManifest> manifest = find(id);
        if (manifest.isEmpty()) return false;
        store.put(new ModelRow(manifest.get(), false));
        listed = Listed.of(store.all());
        return true;
    }

    /** One state of the catalogue; never changed. */
    private record Listed(SortedMap<ModelId, ModelManifest> byId, Map<ModelDigest, ModelManifest> byDigest) {
        static Listed of(List<ModelRow> rows) {
            SortedMap<ModelId, ModelManifest> byId = new TreeMap<>();
            Map<ModelDigest, ModelManifest> byDigest = new HashMap<>();
            for (ModelRow row : rows) {
                if (!row.listed()) continue;
                byId.put(row.manifest().id(), row.manifest());
                byDigest.put(row.manifest().digest(), row.manifest());
            }
            return new Listed(byId, byDigest);
        }
    }
}
