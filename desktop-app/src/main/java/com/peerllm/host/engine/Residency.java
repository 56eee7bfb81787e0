package com.peerllm.host.engine;

import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.model.ModelDigest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host knows about all its models, behind one lock, and what it tells of their states.
 *
 * <p><b>Locking.</b> This object's monitor guards everything here and every {@link ResidentModel}. Who holds it reads, sets and
 * posts to the loader, and calls neither an engine (but for its state, which never waits) nor a listener nor {@link #tell}:
 * those take locks of their own, and may come back here. So a decision is made with the lock, and acted upon after it.
 *
 * <p>The order is: an engine's state, {@code telling}, {@link #states}, this monitor.
 */
final class Residency {
    private final Map<ModelDigest, ResidentModel> models = new LinkedHashMap<>();
    private final Object telling = new Object();
    private final Signal<Map<ModelDigest, EngineState>> states;
    private long uses;
    private boolean closed;

    Residency(List<ServableModel> servable) {
        for (ServableModel model : servable) models.put(model.digest(), new ResidentModel(model));
        states = new Signal<>(snapshot());
    }

    /** @throws IllegalArgumentException when it is none of them, or not any more */
    ResidentModel known(ModelDigest id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("This host has no model " + id.shortForm()));
    }

    synchronized Optional<ResidentModel> find(ModelDigest id) {
        return Optional.ofNullable(models.get(id));
    }

    /** Those of now; what they hold needs the lock. */
    synchronized Collection<ResidentModel> all() {
        return List.copyOf(models.values());
    }

    /**
     * Takes in new models, and new ways to run those that are known, for their next load.
     *
     * @return those that are none of them any more, which the caller brings out of memory
     */
    synchronized List<ResidentModel> replace(List<ServableModel> servable) {
        Map<ModelDigest, ResidentModel> before = new LinkedHashMap<>(models);
        models.clear();
        for (ServableModel model : servable) {
            ResidentModel known = before.remove(model.digest());
            if (known == null) known = new ResidentModel(model);
            known.model = model;
            models.put(model.digest(), known);
        }
        return List.copyOf(before.values());
    }

    synchronized void used(ResidentModel model) {
        model.lastUsed = ++uses;
    }

    /** Whether somebody waits for it or wished for it; nobody does once this is closed. */
    synchronized boolean wants(ResidentModel model) {
        return !closed && (model.wishedFor || !model.waiting.isEmpty());
    }

    synchronized List<ResidencyPlan.Resident> inMemory() {
        return models.values().stream()
                .filter(ResidentModel::takesMemory)
                .map(ResidentModel::resident)
                .toList();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** From now on nothing is loaded, and loads that go on are given up. */
    synchronized void close() {
        closed = true;
        for (ResidentModel model : models.values()) model.load.ifPresent(load -> load.complete(false));
    }

    Signal<Map<ModelDigest, EngineState>> states() {
        return states;
    }

    /** Tells the states as they are now. One at a time, so that an older one is never told after a newer. */
    void tell() {
        synchronized (telling) {
            states.set(snapshot());
        }
    }

    private synchronized Map<ModelDigest, EngineState> snapshot() {
        Map<ModelDigest, EngineState> now = new LinkedHashMap<>();
        models.forEach((id, model) -> now.put(id, model.state()));
        return now;
    }
}
