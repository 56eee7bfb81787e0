package com.peerllm.orchestrator.simulation;

import com.peerllm.shared.identity.HostId;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The requests for one model: arrivals in bursts (a Markov-modulated Poisson process of two states, calm for 50 minutes on
 * average, three times as busy for 10), answers of heavy-tailed length (log-normal). It depends on the seed alone, so every
 * policy gets the same requests.
 */
final class Demand {
    private static final double BURST = 3;
    private static final double CALM_MILLIS = 50 * 60_000;
    private static final double BURST_MILLIS = 10 * 60_000;
    private static final double FOLLOW_UPS = 0.3;

    /** Of the logarithm of an answer's tokens. */
    private static final double ANSWER_MEAN = 5;

    private static final double ANSWER_DEVIATION = 1.1;

    /** Of the length that comes out of these, cut off at 8 and 4,096. */
    static final double MEAN_ANSWER_TOKENS = 265;

    private final int model;
    private final double stretch;
    private final double calmPerMilli;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Consumer<SimulatedJob> arrived;
    private final HostId[] conversations = new HostId[256];
    private int conversation;
    private boolean burst;
    private double nextMillis;
    private double switchMillis;

    Demand(
            int model,
            double requestsPerMilli,
            double stretch,
            Agenda agenda,
            SplittableRandom random,
            Consumer<SimulatedJob> arrived) {
        this.model = model;
        this.stretch = stretch;
        this.calmPerMilli = requestsPerMilli * (CALM_MILLIS + BURST_MILLIS) / (CALM_MILLIS + BURST * BURST_MILLIS);
        this.agenda = agenda;
        this.random = random;
        this.arrived = arrived;
        this.nextMillis = agenda.millis();
        this.switchMillis = nextMillis + exponential(CALM_MILLIS);
    }

    void start() {
        planNext();
    }

    private void planNext() {
        double gap = exponential(1 / (calmPerMilli * (burst ? BURST : 1)));
        while (nextMillis + gap > switchMillis) {
            nextMillis = switchMillis;
            burst = !burst;
            switchMillis += exponential(burst ? BURST_MILLIS : CALM_MILLIS);
            gap = exponential(1 / (calmPerMilli * (burst ? BURST : 1)));
        }
        nextMillis += gap;
        agenda.at((long) nextMillis, this::arrive);
    }

    private void arrive() {
        int answer = (int) Math.clamp(Math.exp(ANSWER_MEAN + ANSWER_DEVIATION * random.nextGaussian()), 8, 4096);
        int prompt = (int) Math.clamp(Math.exp(5 + random.nextGaussian()), 8, 8192);
        SplittableRandom ofJob = random.split();
        boolean followsUp = ofJob.nextDouble() < FOLLOW_UPS;
        Optional<HostId> last = Optional.ofNullable(conversations[ofJob.nextInt(conversations.length)]);
        arrived.accept(new SimulatedJob(
                model, agenda.millis(), prompt, answer, stretch, followsUp ? last : Optional.empty(), ofJob));
        planNext();
    }

    /** A conversation that may be followed up. */
    void answeredBy(HostId host) {
        conversations[conversation++ % conversations.length] = host;
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
