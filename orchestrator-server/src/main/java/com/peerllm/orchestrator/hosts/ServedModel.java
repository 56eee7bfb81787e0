package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.reputation.ModelStanding;
import com.peerllm.orchestrator.reputation.Success;
import com.peerllm.orchestrator.routing.Candidate;
import com.peerllm.orchestrator.routing.FinishTime;
import com.peerllm.orchestrator.routing.Place;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.ModelFeature;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One model on one host, with the work it has now. A job is counted when it is sent and released on every way out. Lives
 * on the event loop.
 */
public final class ServedModel implements Candidate {
    private final HostConnection connection;
    private final AnnouncedModel announced;
    private final TokenPrice price;
    private final ModelStanding standing;
    private final Load load;
    private final Set<ModelFeature> features;

    ServedModel(HostConnection connection, AnnouncedModel announced, TokenPrice price) {
        this(connection, announced, price, connection.standing().model(announced.digest()), new Load());
    }

    private ServedModel(
            HostConnection connection, AnnouncedModel announced, TokenPrice price, ModelStanding standing, Load load) {
        this.connection = connection;
        this.announced = announced;
        this.price = price;
        this.standing = standing;
        this.load = load;
        this.features = EnumSet.noneOf(ModelFeature.class);
        for (String name : announced.features()) ModelFeature.ofWireName(name).ifPresent(features::add);
    }

    ServedModel announcedAgain(AnnouncedModel newer, TokenPrice price) {
        return new ServedModel(connection, newer, price, standing, load);
    }

    public HostConnection connection() {
        return connection;
    }

    public AnnouncedModel announced() {
        return announced;
    }

    /** The router looks for it here from now on. */
    void placed(Place<ServedModel> place) {
        load.place = Optional.of(place);
        standing.onChange(this::changed);
    }

    /** The router finds it no more; safe to call twice. */
    void leave() {
        standing.onChange(() -> {});
        load.place.ifPresent(Place::leave);
        load.place = Optional.empty();
    }

    /** Its load or its standing is another one: the router's index follows at once. */
    void changed() {
        load.place.ifPresent(Place::changed);
    }

    /** Counts a job from now on. */
    public void jobSent(int tokensAtMost) {
        standing.jobSent();
        load.jobs++;
        load.tokens += tokensAtMost;
        changed();
    }

    /** A sent job delivered so many tokens. */
    public void tokensDelivered(int tokens) {
        load.tokens = Math.max(0, load.tokens - tokens);
    }

    /** A sent job ended, however it ended, with so many of its tokens not generated. */
    public void jobEnded(int tokensLeft) {
        load.jobs = Math.max(0, load.jobs - 1);
        load.tokens = Math.max(0, load.tokens - tokensLeft);
        changed();
    }

    /** It finished what it took on. */
    public void succeeded(Success success) {
        standing.succeeded(success);
        if (success.tokensPerSecond() > 0) measured(success.tokensPerSecond());
    }

    /** It failed what it took on. */
    public void faulted(Fault fault) {
        standing.faulted(fault);
    }

    /** Another host confirmed a sampled answer of it. */
    public void confirmed() {
        standing.confirmed();
    }

    /** How it has done with this model so far. */
    public ModelStanding standing() {
        return standing;
    }

    /**
     * A finished answer told how fast this host really is; newer answers weigh one fifth. Kept is the speed of an answer
     * alone: what the answers beside it cost is taken out.
     */
    private void measured(double tokensPerSecond) {
        double alone = tokensPerSecond * FinishTime.slowdown(load.jobs);
        load.decodeTokensPerSecond =
                load.decodeTokensPerSecond == 0 ? alone : 0.8 * load.decodeTokensPerSecond + 0.2 * alone;
    }

    @Override
    public HostId host() {
        return connection.id();
    }

    @Override
    public int contextLength() {
        return announced.contextLength();
    }

    @Override
    public boolean offers(ModelFeature feature) {
        return features.contains(feature);
    }

    @Override
    public int freeSlots() {
        return announced.slots() - load.jobs;
    }

    @Override
    public int runningJobs() {
        return load.jobs;
    }

    @Override
    public long outstandingTokens() {
        return load.tokens;
    }

    /** What was measured here; the host's own word only until the first answer. */
    @Override
    public double decodeTokensPerSecond() {
        return load.decodeTokensPerSecond > 0 ? load.decodeTokensPerSecond : announced.decodeTokensPerSecond();
    }

    @Override
    public double prefillTokensPerSecond() {
        return announced.prefillTokensPerSecond();
    }

    @Override
    public long loadMillis() {
        return announced.loadMillis();
    }

    @Override
    public double roundTripMillis() {
        return connection.roundTripMillis();
    }

    @Override
    public double reputation() {
        return standing.score();
    }

    @Override
    public TokenPrice price() {
        return price;
    }

    @Override
    public boolean newcomer() {
        return standing.newcomer();
    }

    @Override
    public boolean draining() {
        return connection.draining();
    }

    @Override
    public boolean breakerOpen() {
        return standing.breakerOpen();
    }

    private static final class Load {
        int jobs;
        long tokens;
        double decodeTokensPerSecond;
        Optional<Place<ServedModel>> place = Optional.empty();
    }
}
