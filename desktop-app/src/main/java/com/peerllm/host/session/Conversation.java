package com.peerllm.host.session;

import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What is said on one connection after the welcome: signs of life, what is served, jobs, receipts. */
final class Conversation {
    private static final int SHORTEST_BEAT_SECONDS = 1;
    private static final int LONGEST_BEAT_SECONDS = 60;

    private final LinkParts parts;
    private final Outbox out;
    private final JobDesk jobs;
    private final AuditDesk audits;
    private final MetOrchestrator orchestrator;
    private final Heartbeats heartbeats;
    private final Consumer<Boolean> confirmed;
    private List<AnnouncedModel> announced;

    /**
     * @param announced what the orchestrator was told in the hello
     * @param beatSeconds how often it wants a sign of life
     * @param confirmed told on each confirmed one whether this host is sent jobs
     * @param dead told when they are no longer confirmed
     */
    Conversation(
            LinkParts parts,
            Outbox out,
            MetOrchestrator orchestrator,
            List<AnnouncedModel> announced,
            int beatSeconds,
            Consumer<Boolean> confirmed,
            Runnable dead) {
        this.parts = parts;
        this.out = out;
        this.orchestrator = orchestrator;
        this.announced = announced;
        this.confirmed = confirmed;
        jobs = new JobDesk(parts.self(), out, parts.served()::get, parts.payments(), parts.alarms());
        audits = new AuditDesk(out, parts.served()::get);
        Duration interval = Duration.ofSeconds(Math.clamp(beatSeconds, SHORTEST_BEAT_SECONDS, LONGEST_BEAT_SECONDS));
        heartbeats = new Heartbeats(parts.alarms(), interval, this::beat, dead);
    }

    /** Begins the signs of life. */
    void begin() {
        heartbeats.start();
        announce();
    }

    private void beat(long sequence) {
        out.say(new FromHost.Heartbeat(sequence, jobs.running()));
    }

    void confirmed(FromOrchestrator.HeartbeatAck ack) {
        if (heartbeats.confirmed(ack.sequence())) confirmed.accept(ack.routed());
    }

    void offered(FromOrchestrator.JobOffer offer) {
        jobs.offer(offer);
    }

    void offered(FromOrchestrator.EmbeddingOffer offer) {
        jobs.offer(offer);
    }

    void offered(FromOrchestrator.AuditOffer offer) {
        audits.offer(offer);
    }

    void cancelled(FromOrchestrator.CancelJob cancel) {
        jobs.cancel(cancel.stream());
    }

    void paid(FromOrchestrator.ReceiptIssued issued) {
        parts.payments().receipt(issued.receipt(), orchestrator);
    }

    /** Tells the orchestrator when what is served differs from what it was told last. */
    synchronized void announce() {
        List<AnnouncedModel> now = parts.announced();
        if (now.equals(announced)) return;
        announced = now;
        out.say(new FromHost.ModelsChanged(now));
    }

    /** Takes no new jobs, waits for the running ones, and hands back those that take longer. */
    void wrapUp(String reason, Duration forJobs) throws InterruptedException {
        jobs.drain();
        out.say(new FromHost.Draining(reason));
        jobs.awaitIdle(forJobs);
        jobs.handBack("The host ended before the answer did.");
    }

    /** The connection is gone: every job ends without a word. */
    void end() {
        heartbeats.stop();
        jobs.abandon();
    }
}
