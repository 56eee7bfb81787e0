package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.reputation.HostStanding;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromOrchestrator;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A host that is connected now: what it announced, what it was given to do, how it has done. Lives on the event loop.
 */
public final class HostConnection {
    private final HostId id;
    private final PeerKey key;
    private final String software;
    private final String hardware;
    private final InstantSource clock;
    private final HostStanding standing;
    private final long connectedAtMillis;
    private final Consumer<FromOrchestrator> sender;
    private final Map<ModelDigest, ServedModel> models = new LinkedHashMap<>();

    private boolean draining;
    private double roundTripMillis;
    private long lastHeardMillis;
    private long nextStream = 1;

    HostConnection(
            HostId id,
            PeerKey key,
            String software,
            String hardware,
            HostStanding standing,
            InstantSource clock,
            Consumer<FromOrchestrator> sender) {
        this.id = id;
        this.key = key;
        this.software = software;
        this.hardware = hardware;
        this.standing = standing;
        this.clock = clock;
        this.connectedAtMillis = clock.millis();
        this.lastHeardMillis = connectedAtMillis;
        this.sender = sender;
    }

    public HostId id() {
        return id;
    }

    public PeerKey key() {
        return key;
    }

    public String software() {
        return software;
    }

    public String hardware() {
        return hardware;
    }

    public long connectedAtMillis() {
        return connectedAtMillis;
    }

    public Collection<ServedModel> models() {
        return models.values();
    }

    public Optional<ServedModel> model(ModelDigest digest) {
        return Optional.ofNullable(models.get(digest));
    }

    /** A number for the next job; never given twice on one connection. */
    public long nextStream() {
        return nextStream++;
    }

    public void send(FromOrchestrator message) {
        sender.accept(message);
    }

    /** Takes over a new list, keeping the load of models that were there before. */
    void replaceModels(List<AnnouncedModel> announced, Function<ModelDigest, TokenPrice> prices) {
        Map<ModelDigest, ServedModel> before = Map.copyOf(models);
        models.clear();
        for (AnnouncedModel each : announced) {
            ServedModel kept = before.get(each.digest());
            TokenPrice price = each.ask().orElseGet(() -> prices.apply(each.digest()));
            models.put(
                    each.digest(),
                    kept == null ? new ServedModel(this, each, price) : kept.announcedAgain(each, price));
        }
        standing.serves(models.keySet());
    }

    public HostStanding standing() {
        return standing;
    }

    void startDraining() {
        standing.draining();
        draining = true;
        changed();
    }

    /** What all its models share is another one. */
    void changed() {
        models.values().forEach(ServedModel::changed);
    }

    public boolean draining() {
        return draining;
    }

    void heard() {
        lastHeardMillis = clock.millis();
    }

    public long lastHeardMillis() {
        return lastHeardMillis;
    }

    void roundTrip(double millis) {
        roundTripMillis = roundTripMillis == 0 ? millis : 0.8 * roundTripMillis + 0.2 * millis;
    }

    public double roundTripMillis() {
        return roundTripMillis;
    }

    @Override
    public String toString() {
        return id.pseudonym();
    }
}
