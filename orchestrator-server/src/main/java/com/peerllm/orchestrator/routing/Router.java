package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Chooses the host for a job: filter with named rejections, prefer the conversation's last host, sample a few hosts by
 * reputation, take the one that would finish first. Holds no state; the server and the simulator use this class alike.
 *
 * <p>The candidates of one model come as a list with constant-time access. A short list is looked through whole; of a
 * long one only a few entries are read, so the time does not grow with the number of hosts.
 */
public final class Router {
    /** Hosts compared for each request; two already avoid most of the crowding (Mitzenmacher 2001), four a little more. */
    static final int SAMPLE = 4;

    /** Lists up to this long are looked through whole. */
    static final int SHORT_LIST = 64;

    /** Draws from a long list before it is looked through whole. */
    static final int DRAWS = 48;

    /** A conversation stays with its host until that one has this many jobs more than the others on average. */
    static final int AFFINITY_JOBS = 32;

    /** And this many times as many. */
    static final double AFFINITY_RATIO = 1.1;

    private static final double ASSUMED_DECODE = 10;

    /** Prompt tokens are computed many at a time; ten times as fast as answers is what small models on a CPU reach. */
    private static final double PREFILL_RATIO = 10;

    private final RandomGenerator random;

    public Router(RandomGenerator random) {
        this.random = random;
    }

    public <C extends Candidate> Decision<C> choose(RouteRequest request, List<C> candidates) {
        Optional<C> warm = affine(request, candidates);
        if (warm.isPresent()) return new Decision.Chosen<>(warm.get(), estimateMillis(request, warm.get(), 0));

        List<C> sample =
                candidates.size() <= SHORT_LIST ? sampleShort(request, candidates) : sampleLong(request, candidates);
        if (sample.isEmpty()) sample = eligible(request, candidates);
        return sample.isEmpty()
                ? new Decision.NoHost<>(rejections(request, candidates))
                : firstToFinish(request, sample);
    }

    /** Why a candidate cannot take the request now, or null. */
    static Rejection reject(RouteRequest request, Candidate candidate) {
        if (request.tried().contains(candidate.host())) return Rejection.ALREADY_TRIED;
        if (candidate.draining()) return Rejection.DRAINING;
        if (candidate.breakerOpen()) return Rejection.BREAKER_OPEN;
        if (candidate.reputation() <= 0) return Rejection.NO_REPUTATION;
        for (ModelFeature feature : request.features()) {
            if (!candidate.offers(feature)) return Rejection.without(feature);
        }
        if (request.wishes().trustedHostsOnly() && candidate.newcomer()) return Rejection.NOT_TRUSTED;
        if (costsMore(candidate.price(), request.wishes())) return Rejection.PRICE_TOO_HIGH;
        if (candidate.contextLength() < request.minimumContext()) return Rejection.CONTEXT_TOO_SHORT;
        if (candidate.freeSlots() <= 0) return Rejection.NO_FREE_SLOT;
        return null;
    }

    private static boolean costsMore(TokenPrice price, HostWishes wishes) {
        return wishes.maxPrice()
                .filter(most -> price.promptPerMillion().compareTo(most.promptPerMillion()) > 0
                        || price.completionPerMillion().compareTo(most.completionPerMillion()) > 0)
                .isPresent();
    }

    /**
     * Expected milliseconds until the answer is complete: what the host still has to generate, the prompt and the answer
     * at its measured speeds, loading the model where it is not in memory, and the way there.
     *
     * @param bestDecode speed that a host is credited with until its own is known
     */
    static double estimateMillis(RouteRequest request, Candidate candidate, double bestDecode) {
        double known = candidate.decodeTokensPerSecond() > 0 ? candidate.decodeTokensPerSecond() : bestDecode;
        double decode = known > 0 ? known : ASSUMED_DECODE;
        double prefill =
                candidate.prefillTokensPerSecond() > 0 ? candidate.prefillTokensPerSecond() : decode * PREFILL_RATIO;
        double seconds = (candidate.outstandingTokens() + request.completionTokens()) / decode
                + request.promptTokens() / prefill;
        return seconds * 1000 + candidate.loadMillis() + candidate.roundTripMillis();
    }

    /** A host whose speed is not known yet is taken for as fast as the fastest of the sample, or it would never be tried. */
    private static <C extends Candidate> Decision<C> firstToFinish(RouteRequest request, List<C> sample) {
        double bestDecode = 0;
        for (C candidate : sample) bestDecode = Math.max(bestDecode, candidate.decodeTokensPerSecond());
        C best = null;
        double bestMillis = Double.POSITIVE_INFINITY;
        for (C candidate : sample) {
            double millis = estimateMillis(request, candidate, bestDecode);
            if (millis >= bestMillis) continue;
            best = candidate;
            bestMillis = millis;
        }
        return new Decision.Chosen<>(best, bestMillis);
    }

    private <C extends Candidate> Optional<C> affine(RouteRequest request, List<C> candidates) {
        if (request.affinity().isEmpty() || candidates.size() > SHORT_LIST) return Optional.empty();
        HostId wanted = request.affinity().get();
        C warm = null;
        long jobs = 0;
        for (C candidate : candidates) {
            jobs += candidate.runningJobs();
            if (candidate.host().equals(wanted)) warm = candidate;
        }
        if (warm == null || reject(request, warm) != null) return Optional.empty();
        double average = (double) jobs / candidates.size();
        boolean crowded = warm.runningJobs() > average + AFFINITY_JOBS && warm.runningJobs() > average * AFFINITY_RATIO;
        return crowded ? Optional.empty() : Optional.of(warm);
    }

    /**
     * Draws up to {@link #SAMPLE} eligible hosts without putting back, each with a chance in proportion to its
     * reputation (weighted reservoir of Efraimidis and Spirakis, 2006: keep the largest {@code u^(1/weight)}).
     */
    private <C extends Candidate> List<C> sampleShort(RouteRequest request, List<C> candidates) {
        List<C> kept = new ArrayList<>(SAMPLE);
        double[] keys = new double[SAMPLE];
        for (C candidate : candidates) {
            if (reject(request, candidate) != null) continue;
            double key = Math.pow(random.nextDouble(), 1 / candidate.reputation());
            if (kept.size() < SAMPLE) {
                keys[kept.size()] = key;
                kept.add(candidate);
            } else {
                int least = smallest(keys);
                if (keys[least] >= key) continue;
                keys[least] = key;
                kept.set(least, candidate);
            }
        }
        return kept;
    }

    /** Random draws, each accepted with the host's reputation as its chance, until enough were accepted. */
    private <C extends Candidate> List<C> sampleLong(RouteRequest request, List<C> candidates) {
        List<C> kept = new ArrayList<>(SAMPLE);
        for (int draw = 0; draw < DRAWS && kept.size() < SAMPLE; draw++) {
            C candidate = candidates.get(random.nextInt(candidates.size()));
            if (random.nextDouble() < candidate.reputation() && reject(request, candidate) == null) kept.add(candidate);
        }
        return kept;
    }

    /** The last resort of a long list in which nearly nobody has room: all that can take the request. */
    private static <C extends Candidate> List<C> eligible(RouteRequest request, List<C> candidates) {
        return candidates.stream().filter(each -> reject(request, each) == null).toList();
    }

    private static int smallest(double[] keys) {
        int at = 0;
        for (int i = 1; i < keys.length; i++) if (keys[i] < keys[at]) at = i;
        return at;
    }

    private static Map<Rejection, Integer> rejections(RouteRequest request, List<? extends Candidate> candidates) {
        Map<Rejection, Integer> counts = new EnumMap<>(Rejection.class);
        for (Candidate candidate : candidates) {
            Rejection why = reject(request, candidate);
            if (why != null) counts.merge(why, 1, Integer::sum);
        }
        return counts;
    }
}
