package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.ModelFeature;
import java.util.Set;

/** A candidate with every number open to the test. */
final class TestHost implements Candidate {
    private final HostId id;
    private int context = 4096;
    private int slots = 1000;
    int running;
    long outstanding;
    private double decode = 50;
    private double prefill = 500;
    private double roundTrip = 5;
    private double reputation = 0.9;
    private long load;
    private boolean draining;
    private boolean broken;
    private boolean newcomer;
    private TokenPrice price = dollars(1, 3);
    private Set<ModelFeature> features = Set.of(ModelFeature.values());

    TestHost(HostId id) {
        this.id = id;
    }

    static TestHost numbered(int number) {
        return new TestHost(new HostId("host_" + String.format("%032x", number)));
    }

    static TokenPrice dollars(long prompt, long completion) {
        return new TokenPrice(
                Credits.parseDollars(Long.toString(prompt)), Credits.parseDollars(Long.toString(completion)));
    }

    TestHost mended() {
        broken = false;
        return this;
    }

    TestHost settled() {
        newcomer = false;
        return this;
    }

    TestHost context(int tokens) {
        context = tokens;
        return this;
    }

    TestHost slots(int free) {
        slots = free;
        return this;
    }

    TestHost running(int jobs, long tokens) {
        running = jobs;
        outstanding = tokens;
        return this;
    }

    TestHost decode(double tokensPerSecond) {
        decode = tokensPerSecond;
        return this;
    }

    TestHost prefill(double tokensPerSecond) {
        prefill = tokensPerSecond;
        return this;
    }

    TestHost roundTrip(double millis) {
        roundTrip = millis;
        return this;
    }

    TestHost loading(long millis) {
        load = millis;
        return this;
    }

    TestHost reputed(double score) {
        reputation = score;
        return this;
    }

    TestHost offering(ModelFeature... only) {
        features = Set.of(only);
        return this;
    }

    TestHost leaving() {
        draining = true;
        return this;
    }

    TestHost fresh() {
        newcomer = true;
        return this;
    }

    TestHost asking(long promptDollars, long completionDollars) {
        price = dollars(promptDollars, completionDollars);
        return this;
    }

    TestHost broken() {
        broken = true;
        return this;
    }

    @Override
    public HostId host() {
        return id;
    }

    @Override
    public long loadMillis() {
        return load;
    }

    @Override
    public int contextLength() {
        return context;
    }

    @Override
    public boolean offers(ModelFeature feature) {
        return features.contains(feature);
    }

    @Override
    public int freeSlots() {
        return slots - running;
    }

    @Override
    public int runningJobs() {
        return running;
    }

    @Override
    public long outstandingTokens() {
        return outstanding;
    }

    @Override
    public double decodeTokensPerSecond() {
        return decode;
    }

    @Override
    public double prefillTokensPerSecond() {
        return prefill;
    }

    @Override
    public double roundTripMillis() {
        return roundTrip;
    }

    @Override
    public double reputation() {
        return reputation;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public TokenPrice price() {
        return price;
    }

    @Override
    public boolean newcomer() {
        return newcomer;
    }

    @Override
    public boolean breakerOpen() {
        return broken;
    }
}
