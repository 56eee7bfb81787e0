package com.peerllm.orchestrator.routing;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.Optional;

/**
 * One host's place in the index of a model: what was seen of it when it was last looked at. Who changes a host says so with
 * {@link #changed()}; lives on the thread of the index.
 */
public final class Place<C extends Candidate> {
    private static final ModelFeature[] FEATURES = ModelFeature.values();

    private final ModelIndex<C> index;
    final C candidate;
    final Decision.Chosen<C> chosen;
    final int features;
    final int context;
    final TokenPrice price;
    final double unitWeight;

    /** Position in the index; -1 when it has left. */
    int position = -1;

    /** Position among those whose breaker is open; -1 when it is closed. */
    int restingAt = -1;

    /** As they stand in the trees. */
    long establishedWeight;

    long newcomerWeight;

    boolean newcomer;
    int jobs;
    int freeSlots;

    /** Why it can take no request at all now, free slots left aside; null when nothing stands against it. */
    Rejection standing;

    /** @param unitWeight what it would weigh if its reputation were 1 */
    Place(ModelIndex<C> index, C candidate, double unitWeight) {
        this.unitWeight = unitWeight;
        this.index = index;
        this.candidate = candidate;
        this.chosen = new Decision.Chosen<>(candidate);
        this.context = candidate.contextLength();
        this.price = candidate.price();
        int bits = 0;
        for (ModelFeature feature : FEATURES) if (candidate.offers(feature)) bits |= 1 << feature.ordinal();
        this.features = bits;
    }

    /** Its load, its standing or its reputation may be another one now. */
    public void changed() {
        if (position >= 0) index.look(this);
    }

    /** It serves the model no more; safe to call twice. */
    public void leave() {
        if (position >= 0) index.remove(this);
    }

    /** Reads what changes from one moment to the next. */
    void see() {
        newcomer = candidate.newcomer();
        jobs = candidate.runningJobs();
        freeSlots = Math.max(0, candidate.freeSlots());
        standing = standing(candidate);
    }

    private static Rejection standing(Candidate candidate) {
        if (candidate.draining()) return Rejection.DRAINING;
        if (candidate.breakerOpen()) return Rejection.BREAKER_OPEN;
        return candidate.reputation() > 0 ? null : Rejection.NO_REPUTATION;
    }

    /** Why it cannot take the request, as it was when last seen; null when it can. */
    Rejection reject(RouteRequest request) {
        if (!request.tried().isEmpty() && request.tried().contains(candidate.host())) return Rejection.ALREADY_TRIED;
        if (standing != null) return standing;
        int missing = request.featureBits() & ~features;
        if (missing != 0) return Rejection.without(FEATURES[Integer.numberOfTrailingZeros(missing)]);
        if (newcomer && request.wishes().trustedHostsOnly()) return Rejection.NOT_TRUSTED;
        HostWishes wishes = request.wishes();
        if (isMore(price.promptPerMillion(), wishes.mostForPrompt())
                || isMore(price.completionPerMillion(), wishes.mostForCompletion())) return Rejection.PRICE_TOO_HIGH;
        if (context < request.minimumContext()) return Rejection.CONTEXT_TOO_SHORT;
        return freeSlots > 0 ? null : Rejection.NO_FREE_SLOT;
    }

    private static boolean isMore(Credits price, Optional<Credits> most) {
        return most.isPresent() && price.nanoDollars() > most.get().nanoDollars();
    }
}
