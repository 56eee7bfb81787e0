package com.peerllm.benchmarks.routing;

import com.peerllm.orchestrator.routing.Candidate;
import com.peerllm.orchestrator.routing.Place;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.ModelFeature;
import java.util.Set;

/** A host whose figures lie in several objects, as those of a connected host do, so that a look at it costs as much memory. */
final class BenchmarkHost implements Candidate {
    private final HostId id;
    private final Announced announced;
    private final TokenPrice price;
    private final Standing standing;
    private final Load load = new Load();
    private Place<BenchmarkHost> place;

    record Announced(int context, Set<ModelFeature> features, int slots, double decode, double prefill) {}

    record Standing(double score, boolean newcomer, double roundTripMillis) {}

    private static final class Load {
        int jobs;
        long tokens;
    }

    BenchmarkHost(HostId id, Announced announced, TokenPrice price, Standing standing) {
        this.id = id;
        this.announced = announced;
        this.price = price;
        this.standing = standing;
    }

    void placed(Place<BenchmarkHost> at) {
        place = at;
    }

    void jobSent(int tokens) {
        load.jobs++;
        load.tokens += tokens;
        if (place != null) place.changed();
    }

    void jobEnded(int tokens) {
        load.jobs--;
        load.tokens -= tokens;
        place.changed();
    }

    @Override
    public HostId host() {
        return id;
    }

    @Override
    public int contextLength() {
        return announced.context;
    }

    @Override
    public boolean offers(ModelFeature feature) {
        return announced.features.contains(feature);
    }

    @Override
    public int freeSlots() {
        return announced.slots - load.jobs;
    }

    @Override
    public int runningJobs() {
        return load.jobs;
    }

    @Override
    public long outstandingTokens() {
        return load.tokens;
    }

    @Override
    public double decodeTokensPerSecond() {
        return announced.decode;
    }

    @Override
    public double prefillTokensPerSecond() {
        return announced.prefill;
    }

    @Override
    public double roundTripMillis() {
        return standing.roundTripMillis;
    }

    @Override
    public double reputation() {
        return standing.score;
    }

    @Override
    public TokenPrice price() {
        return price;
    }

    @Override
    public boolean newcomer() {
        return standing.newcomer;
    }

    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public boolean breakerOpen() {
        return false;
    }
}
