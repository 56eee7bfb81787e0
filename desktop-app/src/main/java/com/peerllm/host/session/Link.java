package com.peerllm.host.session;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.WireCodec;
import com.peerllm.shared.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** What the session is told; each call names its link, because an older one may still be speaking. */
    interface Owner {
        void welcomed(Link link, MetOrchestrator who);

        void confirmed(Link link, boolean routed);

        /** The orchestrator stops; the alternates are for the next connection. */
        void drained(Link link, List<String> alternates);

        void ended(Link link, LinkEnd end);
    }

    /** Where a connection stands. */
    private sealed interface Phase {
        record Dialling() implements Phase {}

        record Greeted() implements Phase {}

        record Introduced(MetOrchestrator who, List<AnnouncedModel> announced) implements Phase {}

        record Open(Conversation conversation) implements Phase {}

        record Ended() implements Phase {}
    }

    private final LinkParts parts;
    private final OrchestratorAddress address;
    private final Owner owner;
    private final CountDownLatch over = new CountDownLatch(1);

    private Phase phase = new Phase.Dialling();
    private WebSocket socket;
    private Outbox out;
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
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
        if (!Protocol.SUBPROTOCOL.equals(response.header("Sec-WebSocket-Protocol"))) {
            end(LinkTroubles.notAnOrchestrator(address));
            return;
        }
        advance(Phase.Dialling.class, new Phase.Greeted());
        Alarms.Alarm tooLate = parts.alarms()
                .after(
                        HANDSHAKE_PATIENCE,
                        () -> end(LinkEnd.lost("The orchestrator did not complete the handshake in 10 seconds.")));
        synchronized (this) {
            patience = tooLate;
            if (phase instanceof Phase.Ended) patience.cancel();
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
            case FromOrchestrator.HeartbeatAck ack -> conversation().ifPresent(c -> c.confirmed(ack));
            case FromOrchestrator.JobOffer offer -> conversation().ifPresent(c -> c.offered(offer));
            case FromOrchestrator.EmbeddingOffer offer -> conversation().ifPresent(c -> c.offered(offer));
            case FromOrchestrator.AuditOffer offer -> conversation().ifPresent(c -> c.offered(offer));
            case FromOrchestrator.CancelJob cancel -> conversation().ifPresent(c -> c.cancelled(cancel));
            case FromOrchestrator.ReceiptIssued issued -> conversation().ifPresent(c -> c.paid(issued));
            case FromOrchestrator.Draining draining -> owner.drained(this, draining.alternates());
            case FromOrchestrator.Unknown _ -> log.debug("A message of an unknown type; ignored");
        }
    }

    private void challenged(FromOrchestrator.Challenge challenge) {
        List<AnnouncedModel> models = parts.announced();
        switch (Handshake.answer(parts.known(), challenge, models)) {
            case Handshake.Answer.Leave leave -> end(leave.end());
            case Handshake.Answer.Say say -> {
                advance(Phase.Greeted.class, new Phase.Introduced(say.who(), models));
                say.warning().ifPresent(log::warn);
                out.say(say.hello());
            }
        }
    }

    private void welcomed(FromOrchestrator.Welcome welcome) {
        if (!welcome.hostId().equals(parts.self().hostId())) {
            end(LinkEnd.protocolError("The orchestrator took this host for another."));
            return;
        }
        Phase.Introduced introduced = introduced();
        Conversation conversation = new Conversation(
                parts,
                out,
                introduced.who(),
                introduced.announced(),
                welcome.heartbeatSeconds(),
                routed -> owner.confirmed(this, routed),
                () -> end(LinkEnd.lost("The orchestrator no longer confirms this host's heartbeats.")));
        if (!advance(Phase.Introduced.class, new Phase.Open(conversation))) return;
        owner.welcomed(this, introduced.who());
        conversation.begin();
    }

    private synchronized Phase.Introduced introduced() {
        if (phase instanceof Phase.Introduced introduced) return introduced;
        throw new WireException("A welcome without an introduction");
    }

    /** Nothing when the connection has ended. */
    private synchronized Optional<Conversation> conversation() {
        return switch (phase) {
            case Phase.Open(Conversation conversation) -> Optional.of(conversation);
            case Phase.Ended _ -> Optional.empty();
            case Phase.Dialling _, Phase.Greeted _, Phase.Introduced _ ->
                throw new WireException("A message that may only come after the welcome");
        };
    }

    /** @return false when the connection has ended meanwhile */
    private synchronized boolean advance(Class<? extends Phase> from, Phase to) {
        if (phase instanceof Phase.Ended) return false;
        if (!from.isInstance(phase)) throw new WireException("The handshake is out of order");
        if (to instanceof Phase.Open) patience.cancel();
        phase = to;
        return true;
    }

    /** Tells the orchestrator when what is served has changed. */
    void announce() {
        openNow().ifPresent(Conversation::announce);
    }

    /**
     * Ends the jobs, hands back those that take too long, and says goodbye.
     *
     * @param forJobs how long the running jobs may take
     * @param forGoodbye how long the orchestrator may take to close its side
     */
    void leave(String reason, Duration forJobs, Duration forGoodbye) throws InterruptedException {
        Optional<Conversation> open = openNow();
        if (open.isPresent()) open.get().wrapUp(reason, forJobs);
        socket.close(NORMAL_CLOSURE, "");
        over.await(forGoodbye.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized Optional<Conversation> openNow() {
        return phase instanceof Phase.Open(Conversation conversation) ? Optional.of(conversation) : Optional.empty();
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
        Optional<Conversation> open;
        synchronized (this) {
            if (phase instanceof Phase.Ended) return false;
            open = openNow();
            phase = new Phase.Ended();
            patience.cancel();
        }
        open.ifPresent(Conversation::end);
        socket.cancel();
        over.countDown();
        return true;
    }
}
