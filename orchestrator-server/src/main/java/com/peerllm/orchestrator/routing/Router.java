package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
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
    private static final double ASSUMED_PREFILL = 100;

    private final RandomGenerator random;

    public Router(RandomGenerator random) {
        this.random = random;
    }

    public <C extends Candidate> Decision<C> choose(RouteRequest request, List<C> candidates) {
        Optional<C> warm = affine(request, candidates);
        if (warm.isPresent()) return new Decision.Chosen<>(warm.get(), estimateMillis(request, warm.get()));

        C best = candidates.size() <= SHORT_LIST ? sampleShort(request, candidates) : sampleLong(request, candidates);
        if (best == null) best = fastest(request, candidates);
        return best == null
                ? new Decision.NoHost<>(rejections(request, candidates))
                : new Decision.Chosen<>(best, estimateMillis(request, best));
    }

    /** Why a candidate cannot take the request now, or null. */
    static Rejection reject(RouteRequest request, Candidate candidate) {
        if (request.tried().contains(candidate.host())) return Rejection.ALREADY_TRIED;
        if (candidate.draining()) return Rejection.DRAINING;
        if (candidate.breakerOpen()) return Rejection.BREAKER_OPEN;
        if (candidate.reputation() <= 0) return Rejection.NO_REPUTATION;
        if (candidate.contextLength() < request.minimumContext()) return Rejection.CONTEXT_TOO_SHORT;
        if (candidate.freeSlots() <= 0) return Rejection.NO_FREE_SLOT;
        return null;
    }

    /**
     * Expected milliseconds until the answer is complete: what the host still has to generate, the prompt and the answer
     * at its measured speeds, and the way there.
     */
    static double estimateMillis(RouteRequest request, Candidate candidate) {
        double decode = candidate.decodeTokensPerSecond() > 0 ? candidate.decodeTokensPerSecond() : ASSUMED_DECODE;
        double prefill = candidate.prefillTokensPerSecond() > 0 ? candidate.prefillTokensPerSecond() : ASSUMED_PREFILL;
        double seconds = (candidate.outstandingTokens() + request.completionTokens()) / decode
                + request.promptTokens() / prefill;
        return seconds * 1000 + candidate.roundTripMillis();
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
     * reputation, and takes the fastest (weighted reservoir of Efraimidis and Spirakis, 2006: keep the largest
     * {@code u^(1/weight)}).
     */
    private <C extends Candidate> C sampleShort(RouteRequest request, List<C> candidates) {
        Object[] kept = new Object[SAMPLE];
        double[] keys = new double[SAMPLE];
        int count = 0;
        for (C candidate : candidates) {
            if (reject(request, candidate) != null) continue;
            double key = Math.pow(random.nextDouble(), 1 / candidate.reputation());
            int at = count < SAMPLE ? count++ : smallest(keys);
            if (count == SAMPLE && kept[at] != null && keys[at] >= key) continue;
            kept[at] = candidate;
            keys[at] = key;
        }
        C best = null;
        for (int i = 0; i < count; i++) {
            @SuppressWarnings("unchecked") // only candidates of type C were put in
            C candidate = (C) kept[i];
            best = faster(request, best, candidate);
        }
        return best;
    }

    /** Random draws, each accepted with the host's reputation as its chance, until enough were accepted. */
    private <C extends Candidate> C sampleLong(RouteRequest request, List<C> candidates) {
        C best = null;
        int accepted = 0;
        for (int draw = 0; draw < DRAWS && accepted < SAMPLE; draw++) {
            C candidate = candidates.get(random.nextInt(candidates.size()));
            if (random.nextDouble() >= candidate.reputation() || reject(request, candidate) != null) continue;
            best = faster(request, best, candidate);
            accepted++;
        }
        return best;
    }

    /** The last resort of a long or ill-reputed list: the fastest of all that can take the request. */
    private static <C extends Candidate> C fastest(RouteRequest request, List<C> candidates) {
        C best = null;
        for (C candidate : candidates) {
            if (reject(request, candidate) == null) best = faster(request, best, candidate);
        }
        return best;
    }

    private static <C extends Candidate> C faster(RouteRequest request, C best, C other) {
        return best == null || estimateMillis(request, other) < estimateMillis(request, best) ? other : best;
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
