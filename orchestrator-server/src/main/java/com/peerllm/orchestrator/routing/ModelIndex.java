package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.TokenPrice;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.TreeMap;

/**
 * The hosts that serve one model, kept in such a way that choosing among them needs no scan: those that can take work now
 * are in a {@link WeightTree}, one for established hosts and one for newcomers; a host that is full, leaving, or resting
 * behind its breaker is in neither.
 *
 * <p>As a list it holds the candidates in no particular order, and cannot be changed. Belongs to one thread.
 */
public final class ModelIndex<C extends Candidate> extends AbstractList<C> implements RandomAccess {
    /** The weight of a host of reputation 1 at the usual price. */
    private static final double UNIT = 1 << 20;

    private static final long NEWCOMER = 1;

    /** A price counts as at most 256 times, at least a 256th of the usual one: sums stay within a long. */
    private static final double MOST_BY_PRICE = 1 << 16;

    /** Decisions between two looks at a host about which nothing was heard: reputation fades with time. */
    private static final int DECISIONS_PER_LOOK = 8;

    final WeightTree established = new WeightTree();
    final WeightTree newcomers = new WeightTree();
    final NewcomerBudget budget = new NewcomerBudget();

    private final List<Place<C>> places = new ArrayList<>();
    private final List<Place<C>> resting = new ArrayList<>();
    private final Map<HostId, Place<C>> byHost = new HashMap<>();
    private final NavigableMap<Integer, Integer> contexts = new TreeMap<>();
    private final PriceSpread prices = new PriceSpread();
    private double usualPrice;
    private int newcomerCount;
    private long runningJobs;
    private long freeSlots;
    private int turn;
    private int restingTurn;

    /** Prices are compared with that of the first host. */
    public ModelIndex() {}

    /** @param usual what other prices are compared with: a host that comes early could ask whatever makes the others look alike */
    public ModelIndex(TokenPrice usual) {
        usualPrice = priceOf(usual);
    }

    /** A host serves the model from now on; one that is here already is replaced. */
    public Place<C> join(C candidate) {
        Optional.ofNullable(byHost.get(candidate.host())).ifPresent(this::remove);
        if (usualPrice == 0) usualPrice = priceOf(candidate.price());
        Place<C> place = new Place<>(this, candidate, unitWeight(candidate.price()));
        place.position = places.size();
        places.add(place);
        byHost.put(candidate.host(), place);
        contexts.merge(place.context, 1, Integer::sum);
        prices.add(place.price);
        established.ensure(places.size());
        newcomers.ensure(places.size());
        look(place);
        return place;
    }

    /** The last one moves into the gap. */
    void remove(Place<C> place) {
        forget(place);
        rest(place, false);
        takeOut(place);
        Place<C> last = places.removeLast();
        byHost.remove(place.candidate.host());
        contexts.computeIfPresent(place.context, (context, hosts) -> hosts == 1 ? null : hosts - 1);
        prices.remove(place.price);
        if (last != place) {
            takeOut(last);
            last.position = place.position;
            places.set(last.position, last);
            weigh(last);
        }
        place.position = -1;
        place.jobs = 0;
        place.freeSlots = 0;
        place.newcomer = false;
    }

    private void takeOut(Place<C> place) {
        established.set(place.position, 0, 0, 0);
        newcomers.set(place.position, 0, 0, 0);
        place.establishedWeight = 0;
        place.newcomerWeight = 0;
    }

    /** Sees how the host is now, and keeps the sums and the weights in step. */
    void look(Place<C> place) {
        forget(place);
        place.see();
        runningJobs += place.jobs;
        freeSlots += place.freeSlots;
        if (place.newcomer) newcomerCount++;
        rest(place, place.standing == Rejection.BREAKER_OPEN);
        weigh(place);
    }

    private void forget(Place<C> place) {
        runningJobs -= place.jobs;
        freeSlots -= place.freeSlots;
        if (place.newcomer) newcomerCount--;
    }

    /** Touches a tree only when something changed: a look at a host is frequent, a change is not. */
    private void weigh(Place<C> place) {
        long weight = place.standing == null && place.freeSlots > 0 ? weight(place) : 0;
        long establishedWeight = place.newcomer ? 0 : weight;
        long newcomerWeight = weight - establishedWeight;
        if (establishedWeight != place.establishedWeight) {
            established.set(place.position, establishedWeight, place.context, place.features);
            place.establishedWeight = establishedWeight;
        }
        if (newcomerWeight != place.newcomerWeight) {
            newcomers.set(place.position, newcomerWeight, place.context, place.features);
            place.newcomerWeight = newcomerWeight;
        }
    }

    /**
     * Reputation / price^2. Newcomers are all alike: by reputation the first of them to be asked would be asked again and
     * again, by price new identities would underbid each other.
     */
    private static long weight(Place<?> place) {
        if (place.newcomer) return NEWCOMER;
        return Math.max(1, (long) (place.unitWeight * Math.min(2, place.candidate.reputation())));
    }

    /** Of a host of reputation 1 at this price. */
    private double unitWeight(TokenPrice price) {
        double ratio = usualPrice / priceOf(price);
        return UNIT * Math.clamp(ratio * ratio, 1 / MOST_BY_PRICE, MOST_BY_PRICE);
    }

    private static double priceOf(TokenPrice price) {
        return Math.max(
                1.0,
                (double) price.promptPerMillion().nanoDollars()
                        + price.completionPerMillion().nanoDollars());
    }

    private void rest(Place<C> place, boolean rests) {
        if (rests == (place.restingAt >= 0)) return;
        if (rests) {
            place.restingAt = resting.size();
            resting.add(place);
            return;
        }
        Place<C> last = resting.removeLast();
        if (last != place) {
            last.restingAt = place.restingAt;
            resting.set(last.restingAt, last);
        }
        place.restingAt = -1;
    }

    /**
     * Before each decision: time closes breakers and fades reputations, and nobody says so. Looks at one host behind its
     * breaker, and every few decisions at one of all, in turn.
     */
    void freshen() {
        if (!resting.isEmpty()) look(resting.get(restingTurn++ % resting.size()));
        if (restingTurn < 0) restingTurn = 0;
        if (++turn >= DECISIONS_PER_LOOK * places.size()) turn = 0;
        if (turn % DECISIONS_PER_LOOK == 0 && !places.isEmpty()) look(places.get(turn / DECISIONS_PER_LOOK));
    }

    /** The last resort before a request is turned down: whoever's breaker has closed since. */
    void wakeResting() {
        for (int i = resting.size() - 1; i >= 0; i--) look(resting.get(i));
    }

    Place<C> at(int position) {
        return places.get(position);
    }

    /** Null when the host does not serve the model. */
    Place<C> placeOf(HostId host) {
        return byHost.get(host);
    }

    boolean hasEstablished() {
        return places.size() > newcomerCount;
    }

    int newcomerCount() {
        return newcomerCount;
    }

    /** How many hosts are turned down for each reason; goes through all of them. */
    Map<Rejection, Integer> rejections(RouteRequest request) {
        Map<Rejection, Integer> counts = new EnumMap<>(Rejection.class);
        for (Place<C> place : places) {
            Rejection why = place.reject(request);
            if (why != null) counts.merge(why, 1, Integer::sum);
        }
        return counts;
    }

    /** Tokens that one answer may span at the host that offers most; 0 without a host. */
    public int longestContext() {
        return contexts.isEmpty() ? 0 : contexts.lastKey();
    }

    /** What the hosts ask. */
    public PriceSpread prices() {
        return prices;
    }

    /** Answers that all hosts generate now. */
    public long runningJobs() {
        return runningJobs;
    }

    /** Answers that all hosts could take on beside those, as far as they have slots. */
    public long freeSlots() {
        return freeSlots;
    }

    @Override
    public C get(int position) {
        return places.get(position).candidate;
    }

    @Override
    public int size() {
        return places.size();
    }

    /** Candidates are the same only when they are the same object; comparing whole indices has no use. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
