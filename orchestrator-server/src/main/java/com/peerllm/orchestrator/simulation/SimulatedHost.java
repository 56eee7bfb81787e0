package com.peerllm.orchestrator.simulation;

import com.peerllm.orchestrator.reputation.HostStanding;
import com.peerllm.orchestrator.reputation.ModelStanding;
import com.peerllm.orchestrator.routing.Candidate;
import com.peerllm.orchestrator.routing.FinishTime;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.ModelFeature;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** One host with one model: what it is, what it does now, and what the router sees of it. */
final class SimulatedHost implements Candidate {
    private static final TokenPrice PRICE = new TokenPrice(Credits.ofDollars(1), Credits.ofDollars(3));
    private static final int CONTEXT = 32_768;
    private static final double PREFILL_RATIO = 10;

    final Kind kind;
    final Machine machine;
    final int model;
    final boolean late;
    final SplittableRandom random;
    final Set<SimulatedJob> jobs = new LinkedHashSet<>();

    private final InstantSource clock;
    private HostId id;
    private HostStanding host;
    private ModelStanding standing;
    private double measuredDecode;
    private double rateSum;
    private double rateEndSum;
    private double unusedSum;

    /** Counts connections; what was planned for an earlier one does not happen. */
    int connection;

    boolean online;
    int confirmedInARow;
    boolean wasExcluded;
    long answers;
    long answersInWindow;
    long onlineMillis;
    long onlineSinceMillis;

    /** @param late whether it joins long after the others, as a newcomer among established hosts */
    SimulatedHost(HostId id, Kind kind, Machine machine, int model, boolean late, long seed, InstantSource clock) {
        this.id = id;
        this.kind = kind;
        this.machine = machine;
        this.model = model;
        this.late = late;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    void isKnownAs(HostId newId) {
        id = newId;
        confirmedInARow = 0;
        measuredDecode = 0;
    }

    void joined(HostStanding host, ModelStanding standing) {
        this.host = host;
        this.standing = standing;
        online = true;
        connection++;
        onlineSinceMillis = clock.millis();
    }

    void left() {
        online = false;
        connection++;
        onlineMillis += clock.millis() - onlineSinceMillis;
    }

    HostStanding hostStanding() {
        return host;
    }

    ModelStanding standing() {
        return standing;
    }

    /** The hour of a week of its own; the first five days an on-off attacker is honest. */
    boolean cheats(long sinceStartMillis) {
        if (kind != Kind.ON_OFF) return kind.isBad();
        long hour = sinceStartMillis / 3_600_000 + machine.onHour() * 7L;
        return hour % (7 * 24) >= 5 * 24;
    }

    /** Tokens per second of each answer when so many run. */
    double speed(int answers, boolean cheating) {
        double faster = cheating && kind == Kind.ON_OFF ? Kind.SWAPPER.timesAsFast : kind.timesAsFast;
        return machine.decodeTokensPerSecond() * faster / (1 + machine.slowdown() * (answers - 1));
    }

    double prefillSpeed(int answers) {
        return PREFILL_RATIO * speed(answers, false);
    }

    void begins(SimulatedJob job) {
        standing.jobSent();
        jobs.add(job);
        count(job, 1);
    }

    void ends(SimulatedJob job) {
        jobs.remove(job);
        count(job, -1);
        if (jobs.isEmpty()) rateSum = rateEndSum = unusedSum = 0;
    }

    private void count(SimulatedJob job, int sign) {
        rateSum += sign * job.rate;
        rateEndSum += sign * job.rate * job.endsAtMillis;
        unusedSum += sign * (job.mostTokens - job.leftTokens);
    }

    /** As the server measures: the speed of an answer alone. */
    void measured(double tokensPerSecond) {
        double alone = tokensPerSecond * FinishTime.slowdown(jobs.size());
        measuredDecode = measuredDecode == 0 ? alone : 0.8 * measuredDecode + 0.2 * alone;
    }

    @Override
    public HostId host() {
        return id;
    }

    @Override
    public int contextLength() {
        return CONTEXT;
    }

    @Override
    public boolean offers(ModelFeature feature) {
        return feature == ModelFeature.CHAT;
    }

    @Override
    public int freeSlots() {
        return machine.slots() - jobs.size();
    }

    @Override
    public int runningJobs() {
        return jobs.size();
    }

    @Override
    public long outstandingTokens() {
        return (long) Math.max(0, rateEndSum - rateSum * clock.millis() + unusedSum);
    }

    @Override
    public double decodeTokensPerSecond() {
        return measuredDecode > 0 ? measuredDecode : speed(1, kind != Kind.ON_OFF);
    }

    @Override
    public double prefillTokensPerSecond() {
        return PREFILL_RATIO * machine.decodeTokensPerSecond();
    }

    @Override
    public double roundTripMillis() {
        return machine.roundTripMillis();
    }

    @Override
    public double reputation() {
        return standing.score();
    }

    @Override
    public TokenPrice price() {
        return PRICE;
    }

    @Override
    public boolean newcomer() {
        return standing.newcomer();
    }

    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public boolean breakerOpen() {
        return standing.breakerOpen();
    }
}
