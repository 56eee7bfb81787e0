package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnnouncedModel;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The hosts that are connected now, by id and by model. Lives on the event loop; nothing else may touch it. */
public final class HostRegistry {
    private final Map<HostId, HostConnection> hosts = new LinkedHashMap<>();
    private final Map<ModelDigest, ModelIndex<ServedModel>> byModel = new LinkedHashMap<>();
    private final Function<ModelDigest, TokenPrice> prices;

    /** @param prices what a model costs on this network, where its host asks nothing */
    public HostRegistry(Function<ModelDigest, TokenPrice> prices) {
        this.prices = prices;
    }

    /** @return the older connection of the same host, which the new one replaces */
    Optional<HostConnection> add(HostConnection host, List<AnnouncedModel> models) {
        Optional<HostConnection> older = Optional.ofNullable(hosts.get(host.id()));
        older.ifPresent(this::remove);
        hosts.put(host.id(), host);
        host.replaceModels(models, prices);
        index(host);
        return older;
    }

    void replaceModels(HostConnection host, List<AnnouncedModel> models) {
        if (hosts.get(host.id()) != host) return;
        unindex(host);
        host.replaceModels(models, prices);
        index(host);
    }

    /** The network's price of this file is another one: hosts that ask nothing get it from now on. */
    public void priceChanged(ModelDigest digest) {
        for (ServedModel served : List.copyOf(serving(digest))) {
            HostConnection host = served.connection();
            replaceModels(
                    host, host.models().stream().map(ServedModel::announced).toList());
        }
    }

    /** @return false when this connection was not, or no longer, registered */
    boolean remove(HostConnection host) {
        if (!hosts.remove(host.id(), host)) return false;
        unindex(host);
        return true;
    }

    public Collection<HostConnection> hosts() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    public Optional<HostConnection> host(HostId id) {
        return Optional.ofNullable(hosts.get(id));
    }

    /** Who serves this file now; must not be kept. */
    public ModelIndex<ServedModel> serving(ModelDigest digest) {
        ModelIndex<ServedModel> index = byModel.get(digest);
        return index == null ? new ModelIndex<>() : index;
    }

    public Set<ModelDigest> servedModels() {
        return Collections.unmodifiableSet(byModel.keySet());
    }

    private void index(HostConnection host) {
        for (ServedModel model : host.models()) {
            model.placed(byModel.computeIfAbsent(
                            model.announced().digest(), digest -> new ModelIndex<>(prices.apply(digest)))
                    .join(model));
        }
    }

    private void unindex(HostConnection host) {
        for (ServedModel model : host.models()) {
            model.leave();
            if (serving(model.announced().digest()).isEmpty())
                byModel.remove(model.announced().digest());
        }
    }
}
