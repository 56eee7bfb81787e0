package com.peerllm.host.session;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.WireCodec;
import com.peerllm.shared.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an orchestrator, from dialling to its end, which comes exactly once.
 *
 * <p>Messages are handled on the connection's own reader thread, so an orchestrator that sends faster than this host works
 * is slowed down by the network itself.
 */
final class Link extends WebSocketListener {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);
    private static final int NORMAL_CLOSURE = 1000;
    private static final int SHORTEST_BEAT_SECONDS = 1;
    private static final int LONGEST_BEAT_SECONDS = 60;

    /** Where a connection stands. */
    private enum Phase {
        DIALLING,
        CHALLENGE_AWAITED,
        WELCOME_AWAITED,
        OPEN,
        ENDED
    }

    /** What the session is told; each call names its link, because an older one may still be speaking. */
    interface Owner {
        void welcomed(Link link, MetOrchestrator who);

        void confirmed(Link link, boolean routed);

        /** The orchestrator stops; the alternates are for the next connection. */
        void drained(Link link, List<String> alternates);

        void ended(Link link, LinkEnd end);
    }

    private final LinkParts parts;
    private final OrchestratorAddress address;
    private final Owner owner;
    private final CountDownLatch over = new CountDownLatch(1);

    private Phase phase = Phase.DIALLING;
    private WebSocket socket;
    private Outbox out;
    private JobDesk jobs;
    private Heartbeats heartbeats;
    private MetOrchestrator orchestrator;
    private List<AnnouncedModel> announced = List.of();
    private Alarms.Alarm patience = () -> {};

    /** @param address that of the orchestrator, or an alternate that it named: whoever answers there must be the same */
    Link(LinkParts parts, OrchestratorAddress address, Owner owner) {
        this.parts = parts;
        this.address = address;
        this.owner = owner;
    }

    OrchestratorAddress address() {
        return address;
    }

    synchronized void dial() {
        Request request = new Request.Builder()
                .url(address.dialled())
                .header("Sec-WebSocket-Protocol", Protocol.SUBPROTOCOL)
                .header("User-Agent", parts.software())
                .build();
        socket = parts.http().newWebSocket(request, this);
        out = new Outbox(socket);
        jobs = new JobDesk(parts.self(), out, parts.served()::get, parts.payments());
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
        if (!Protocol.SUBPROTOCOL.equals(response.header("Sec-WebSocket-Protocol"))) {
            end(LinkTroubles.notAnOrchestrator(address));
            return;
        }
        synchronized (this) {
            if (phase != Phase.DIALLING) return;
            phase = Phase.CHALLENGE_AWAITED;
            patience = parts.alarms()
                    .after(
                            HANDSHAKE_PATIENCE,
                            () -> end(LinkEnd.lost("The orchestrator did not complete the handshake in 10 seconds.")));
        }
    }

    @Override
    public void onMessage(WebSocket from, String text) {
        try {
            hear(WireCodec.decodeFromOrchestrator(text));
        } catch (WireException | IllegalArgumentException e) {
            log.warn("protocol_error: {}", e.getMessage());
            end(LinkEnd.protocolError("The orchestrator sent something that is not of the protocol."));
        }
    }

    @Override
    public void onMessage(WebSocket from, ByteString bytes) {
        log.debug("A binary frame of {} bytes is of no known protocol version; ignored", bytes.size());
    }

    private void hear(FromOrchestrator message) {
        switch (message) {
            case FromOrchestrator.Challenge challenge -> challenged(challenge);
            case FromOrchestrator.Welcome welcome -> welcomed(welcome);
            case FromOrchestrator.Refused refused ->
                end(LinkEnd.refused(refused.code(), LinkTroubles.refused(refused)));
            case FromOrchestrator.HeartbeatAck ack -> confirmed(ack);
            case FromOrchestrator.JobOffer offer -> openJobs(message).offer(offer);
            case FromOrchestrator.CancelJob cancel -> openJobs(message).cancel(cancel.stream());
            case FromOrchestrator.ReceiptIssued issued -> {
                openJobs(message);
                parts.payments().receipt(issued.receipt(), orchestrator);
            }
            case FromOrchestrator.Draining draining -> owner.drained(this, draining.alternates());
            case FromOrchestrator.Unknown unknown -> log.debug("A message of an unknown type; ignored");
        }
    }

    private void challenged(FromOrchestrator.Challenge challenge) {
        List<AnnouncedModel> models = announcedNow();
        switch (Handshake.answer(parts.known(), challenge, models)) {
            case Handshake.Answer.Leave leave -> end(leave.end());
            case Handshake.Answer.Say say -> {
                advance(Phase.CHALLENGE_AWAITED, Phase.WELCOME_AWAITED);
                say.warning().ifPresent(log::warn);
                synchronized (this) {
                    orchestrator = say.who();
                    announced = models;
                }
                out.say(say.hello());
            }
        }
    }

    private void welcomed(FromOrchestrator.Welcome welcome) {
        if (!welcome.hostId().equals(parts.self().hostId())) {
            end(LinkEnd.protocolError("The orchestrator took this host for another."));
            return;
        }
        int seconds = Math.clamp(welcome.heartbeatSeconds(), SHORTEST_BEAT_SECONDS, LONGEST_BEAT_SECONDS);
        advance(Phase.WELCOME_AWAITED, Phase.OPEN);
        synchronized (this) {
            patience.cancel();
            heartbeats = new Heartbeats(parts.alarms(), Duration.ofSeconds(seconds), this::beat, this::unconfirmed);
        }
        owner.welcomed(this, orchestrator);
        heartbeats.start();
        announce();
    }

    private void beat(long sequence) {
        out.say(new FromHost.Heartbeat(sequence, jobs.running()));
    }

    private void unconfirmed() {
        end(LinkEnd.lost("The orchestrator no longer confirms this host's heartbeats."));
    }

    private void confirmed(FromOrchestrator.HeartbeatAck ack) {
        openJobs(ack);
        if (heartbeats.confirmed(ack.sequence())) owner.confirmed(this, ack.routed());
    }

    /** Tells the orchestrator when what is served differs from what it was told last. */
    void announce() {
        synchronized (this) {
            List<AnnouncedModel> now = announcedNow();
            if (phase != Phase.OPEN || now.equals(announced)) return;
            announced = now;
            out.say(new FromHost.ModelsChanged(now));
        }
    }

    private List<AnnouncedModel> announcedNow() {
        return parts.served().get().stream().map(ServedModel::announced).toList();
    }

    private JobDesk openJobs(FromOrchestrator message) {
        synchronized (this) {
            if (phase == Phase.OPEN || phase == Phase.ENDED) return jobs;
        }
        throw new WireException(
                "Before the welcome came a " + message.getClass().getSimpleName());
    }

    private synchronized void advance(Phase from, Phase to) {
        if (phase == Phase.ENDED) return;
        if (phase != from) throw new WireException("The handshake is out of order");
        phase = to;
    }

    /**
     * Takes no new jobs, waits for the running ones, hands back those that take longer, and says goodbye.
     *
     * @param forJobs how long the running jobs may take
     * @param forGoodbye how long the orchestrator may take to close its side
     */
    void leave(String reason, Duration forJobs, Duration forGoodbye) throws InterruptedException {
        jobs.drain();
        out.say(new FromHost.Draining(reason));
        jobs.awaitIdle(forJobs);
        jobs.handBack("The host ended before the answer did.");
        socket.close(NORMAL_CLOSURE, "");
        over.await(forGoodbye.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
        from.close(NORMAL_CLOSURE, "");
        end(LinkEnd.lost("The orchestrator closed the connection."));
    }

    @Override
    public void onFailure(WebSocket from, Throwable failure, Response response) {
        end(LinkTroubles.explain(address, failure, response));
    }

    /** Ends the connection at once, without telling the owner: it knows. */
    void cut() {
        finish();
    }

    private void end(LinkEnd end) {
        if (finish()) owner.ended(this, end);
    }

    private boolean finish() {
        synchronized (this) {
            if (phase == Phase.ENDED) return false;
            phase = Phase.ENDED;
            patience.cancel();
            if (heartbeats != null) heartbeats.stop();
        }
        jobs.abandon();
        socket.cancel();
        over.countDown();
        return true;
    }
}
