package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Reputation;
import com.peerllm.shared.reputation.Score;
import java.util.Optional;

/**
 * How one host does with one model: takes evidence in, keeps the score that follows from it. It belongs to the host, not to a
 * connection, so leaving washes nothing away. Lives on the event loop.
 */
public final class ModelStanding {
    private final HostStanding host;
    private final ModelDigest model;
    private final Standings all;
    private ModelHistory history;
    private Breaker breaker = Breaker.CLOSED;
    private Cohort.Place place = Cohort.Place.NONE;
    private double score;
    private boolean newcomer;
    private Runnable listener = () -> {};

    ModelStanding(HostStanding host, ModelDigest model, ModelHistory history, Standings all) {
        this.host = host;
        this.model = model;
        this.history = history;
        this.all = all;
    }

    /** Calls this whenever the score, the newcomer or the breaker changes; one listener, the last one set. */
    public void onChange(Runnable listener) {
        this.listener = listener;
    }

    /** It finished what it took on. */
    public void succeeded(Success success) {
        long now = all.nowMillis();
        breaker = breaker.afterSuccess(now);
        add(new Evidence.Answered(
                history.number() + 1,
                now,
                success.promptTokens(),
                success.tokens(),
                success.firstTokenMillis(),
                success.tokensPerSecond()));
    }

    /** It failed what it took on. */
    public void faulted(Fault fault) {
        long now = all.nowMillis();
        if (fault.isOfInfrastructure()) {
            breaker = breaker.afterFault(now);
            if (breaker.isOpen(now)) all.breakerOpened(this);
        }
        add(new Evidence.Failed(history.number() + 1, now, fault.evidenceName(), fault.meaning()));
    }

    /** Another host confirmed a sampled answer. */
    public void confirmed() {
        add(new Evidence.Confirmed(history.number() + 1, all.nowMillis()));
    }

    /** A job was sent to it. */
    public void jobSent() {
        if (breaker.isClosed()) return;
        breaker = breaker.afterJobSent(all.nowMillis());
        listener.run();
    }

    private void add(Evidence piece) {
        long excludedBefore = history.honesty().excludedUntilMillis();
        history = history.after(piece);
        host.keep(this);
        all.sink().add(host.id(), Optional.of(model), piece, history);
        if (history.honesty().excludedUntilMillis() == excludedBefore) refresh();
        else host.refresh();
    }

    /** Computes the score anew: time has passed, or the cohort or the host's presence has changed. */
    void refresh() {
        long now = all.nowMillis();
        newcomer = Reputation.isNewcomer(history, now);
        Cohort.Place next = host.isConnected() && !newcomer ? Cohort.placeOf(history) : Cohort.Place.NONE;
        all.cohorts().move(model, place, next);
        place = next;
        score = Reputation.value(history, host.presence(), host.excludedUntilMillis(), cohort(), now);
        listener.run();
    }

    public ModelDigest model() {
        return model;
    }

    /** 0 (serves nobody) to 2, as of the last evidence or at most a minute ago. */
    public double score() {
        return score;
    }

    public boolean newcomer() {
        return newcomer;
    }

    /** Whether no job may be sent to it now. */
    public boolean breakerOpen() {
        return !breaker.isClosed() && breaker.isOpen(all.nowMillis());
    }

    /** After the time of an open breaker; false when it is open still. */
    boolean mayTryAgain() {
        if (breakerOpen()) return false;
        listener.run();
        return true;
    }

    ModelHistory history() {
        return history;
    }

    CohortPace cohort() {
        return all.cohorts().pace(model);
    }

    /** With its parts, as of now. */
    public Score parts() {
        return Reputation.score(history, host.presence(), host.excludedUntilMillis(), cohort(), all.nowMillis());
    }
}
