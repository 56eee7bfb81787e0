package com.peerllm.orchestrator.routing;

import java.util.random.RandomGenerator;

/**
 * Chooses the host for a job: filter with named rejections, prefer the conversation's last host, sample a few hosts by
 * reputation and price, take the one that would finish first; newcomers get their small part. The server and the simulator
 * use this class alike.
 *
 * <p>The time does not grow with the number of hosts, and nothing is allocated, unless a request is turned down. Belongs to
 * one thread.
 */
public final class Router {
    /** Hosts compared for each request; two already avoid most of the crowding (Mitzenmacher 2001), four a little more. */
    static final int SAMPLE = 4;

    /** Draws by weight alone; each may hit a host that cannot take this request, or one that was drawn before. */
    private static final int DRAWS = 8;

    /** Further draws, among hosts with the context and the features, when few have them. */
    private static final int ABLE_DRAWS = 8;

    /** A conversation stays with its host until that one has this many jobs more than the others on average. */
    static final int AFFINITY_JOBS = 32;

    /** And this many times as many. */
    static final double AFFINITY_RATIO = 1.1;

    private final RandomGenerator random;
    private final int[] sample = new int[SAMPLE];

    public Router(RandomGenerator random) {
        this.random = random;
    }

    public <C extends Candidate> Decision<C> choose(RouteRequest request, ModelIndex<C> index) {
        index.freshen();
        Place<C> place = pick(request, index);
        if (place == null) {
            index.wakeResting();
            place = pick(request, index);
        }
        if (place == null) return new Decision.NoHost<>(index.rejections(request));
        if (index.hasEstablished()) index.budget.served(place.newcomer, index.newcomerCount(), index.size());
        return place.chosen;
    }

    private <C extends Candidate> Place<C> pick(RouteRequest request, ModelIndex<C> index) {
        Place<C> warm = warm(request, index);
        if (warm != null) return warm;
        if (!index.hasEstablished()) return best(request, index, index.newcomers, SAMPLE);
        Place<C> newcomer = newcomersAreDue(index) ? best(request, index, index.newcomers, 1) : null;
        if (newcomer != null) return newcomer;
        Place<C> established = best(request, index, index.established, SAMPLE);
        return established != null ? established : best(request, index, index.newcomers, 1);
    }

    private static boolean newcomersAreDue(ModelIndex<?> index) {
        return index.budget.due(index.newcomerCount(), index.size());
    }

    /** The host that has the conversation's beginning in its cache, unless it cannot take it or is crowded; else null. */
    private static <C extends Candidate> Place<C> warm(RouteRequest request, ModelIndex<C> index) {
        if (request.affinity().isEmpty()) return null;
        Place<C> warm = index.placeOf(request.affinity().get());
        if (warm == null) return null;
        index.look(warm);
        if (warm.reject(request) != null) return null;
        if (warm.newcomer && index.hasEstablished() && !newcomersAreDue(index)) return null;
        double others = (double) (index.runningJobs() - warm.jobs) / Math.max(1, index.size() - 1);
        boolean crowded = warm.jobs > others + AFFINITY_JOBS && warm.jobs > others * AFFINITY_RATIO;
        return crowded ? null : warm;
    }

    /** The one that would finish first of a few drawn ones; null when none of the tree can take the request. */
    private <C extends Candidate> Place<C> best(
            RouteRequest request, ModelIndex<C> index, WeightTree tree, int wanted) {
        int found = 0;
        for (int draw = 0; draw < DRAWS + ABLE_DRAWS && found < Math.min(wanted, tree.positive()); draw++) {
            int at = draw < DRAWS
                    ? tree.at(random.nextLong(tree.total()))
                    : tree.drawAble(random, request.minimumContext(), request.featureBits());
            if (at < 0 || wasDrawn(at, found)) continue;
            if (canTake(request, index, at)) sample[found++] = at;
        }
        if (found > 0) return firstToFinish(request, index, found);
        int at = search(request, index, tree);
        return at < 0 ? null : index.at(at);
    }

    private boolean wasDrawn(int position, int found) {
        for (int i = 0; i < found; i++) if (sample[i] == position) return true;
        return false;
    }

    private static <C extends Candidate> boolean canTake(RouteRequest request, ModelIndex<C> index, int position) {
        Place<C> place = index.at(position);
        index.look(place);
        return place.reject(request) == null;
    }

    /** When chance finds nobody: goes through those with the context and the features, from a random one on. */
    private int search(RouteRequest request, ModelIndex<?> index, WeightTree tree) {
        if (tree.positive() == 0) return -1;
        int start = random.nextInt(index.size());
        int first = search(request, index, tree, start, index.size());
        return first >= 0 ? first : search(request, index, tree, 0, start);
    }

    private static int search(RouteRequest request, ModelIndex<?> index, WeightTree tree, int from, int to) {
        int at = tree.nextAble(from, request.minimumContext(), request.featureBits());
        while (at >= 0 && at < to) {
            if (canTake(request, index, at)) return at;
            at = tree.nextAble(at + 1, request.minimumContext(), request.featureBits());
        }
        return -1;
    }

    /** A host whose speed is not known yet is taken for as fast as the fastest of the sample, or it would never be tried. */
    private <C extends Candidate> Place<C> firstToFinish(RouteRequest request, ModelIndex<C> index, int found) {
        double bestDecode = 0;
        for (int i = 0; i < found; i++) {
            bestDecode = Math.max(bestDecode, index.at(sample[i]).candidate.decodeTokensPerSecond());
        }
        Place<C> best = index.at(sample[0]);
        double bestMillis = Double.POSITIVE_INFINITY;
        for (int i = 0; i < found; i++) {
            Place<C> place = index.at(sample[i]);
            double millis = FinishTime.millis(request, place.candidate, bestDecode);
            if (millis >= bestMillis) continue;
            best = place;
            bestMillis = millis;
        }
        return best;
    }
}
