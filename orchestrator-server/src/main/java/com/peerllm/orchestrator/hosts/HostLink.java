package com.peerllm.orchestrator.hosts;

import com.peerllm.orchestrator.reputation.HostStanding;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.RefusalCode;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import com.peerllm.shared.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's WebSocket: the handshake, then its messages in order. Lives on the event loop.
 *
 * <p>Binary messages are the token path: no lock, no JSON, no database, nothing that waits; one copy from the frame.
 */
final class HostLink {
    private static final Logger log = LoggerFactory.getLogger(HostLink.class);

    /** How long a connection that was ended may take to say goodbye. */
    private static final long CLOSING_MILLIS = 2_000;

    /** Round trips change slowly, and 10,000 hosts answer 1,000 pings a second. The first is sent within a second. */
    private static final int PING_SECONDS = 10;

    /** Control messages a host may leave unread before it is dropped. */
    private static final int MAX_UNREAD_BYTES = 16 * 1024 * 1024;

    private final HostHub hub;
    private final ServerWebSocket socket;
    private final String nonce;
    private final long openedAtMillis;
    private final Context loop;
    private final Allowance frames;
    private final Allowance textBytes;
    private final Allowance bytes;

    private HostConnection host;
    private boolean helloSeen;
    private boolean over;
    private long pingSentNanos;
    private int sweeps;

    /** A binary message that comes in pieces. */
    private Optional<Buffer> pieces = Optional.empty();

    HostLink(HostHub hub, ServerWebSocket socket) {
        this.hub = hub;
        this.socket = socket;
        this.loop = Vertx.currentContext();
        this.openedAtMillis = hub.clock.millis();
        this.frames = new Allowance(hub.limits.messagesPerSecond(), openedAtMillis);
        this.textBytes = new Allowance(hub.limits.textBytesPerSecond(), openedAtMillis);
        this.bytes = new Allowance(hub.limits.bytesPerSecond(), openedAtMillis);
        byte[] once = new byte[Protocol.NONCE_BYTES];
        hub.random.nextBytes(once);
        this.nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(once);
        socket.setWriteQueueMaxSize(MAX_UNREAD_BYTES);
    }

    void open() {
        socket.closeHandler(nothing -> gone("the connection closed"));
        socket.exceptionHandler(this::broke);
        socket.textMessageHandler(text -> guarded(() -> control(text)));
        socket.frameHandler(this::frame);
        socket.pongHandler(pong -> {
            if (host != null) host.roundTrip((System.nanoTime() - pingSentNanos) / 1e6);
        });
        send(new FromOrchestrator.Challenge(
                nonce, hub.name, hub.identity.publicKey(), Protocol.MINIMUM_VERSION, hub.clock.millis()));
    }

    boolean serves(HostConnection connection) {
        return host == connection;
    }

    boolean serves(HostId id) {
        return host != null && host.id().equals(id);
    }

    /** Once a second: too slow to say hello, or silent for too long. */
    void sweep() {
        long now = hub.clock.millis();
        if (host == null) {
            if (now - openedAtMillis > hub.limits.handshake().toMillis()) {
                refuse(RefusalCode.PROTOCOL_ERROR, "No hello came in time.");
            }
            return;
        }
        if (now - host.lastHeardMillis() > hub.limits.silence().toMillis()) {
            refuse(
                    RefusalCode.PROTOCOL_ERROR,
                    "No heartbeat came for " + hub.limits.silence().toSeconds() + " s.");
            return;
        }
        if (sweeps++ % PING_SECONDS != 0) return;
        pingSentNanos = System.nanoTime();
        socket.writePing(Buffer.buffer("rtt")).onFailure(e -> log.debug("No ping to {}", host));
    }

    void refuse(RefusalCode code, String message) {
        if (over) return;
        send(new FromOrchestrator.Refused(code, message, Protocol.MINIMUM_VERSION));
        gone(message);
        close();
    }

    void close() {
        socket.close().onFailure(e -> log.debug("A connection was closed already"));
        hub.vertx.setTimer(CLOSING_MILLIS, late -> cutOff());
    }

    /** Ends the connection at once. A close waits until everything was sent, which is never when nobody reads. */
    private void cutOff() {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    /** Closed without a word, or what came is not WebSocket, or is too large. */
    private void broke(Throwable why) {
        if (socket.isClosed()) {
            gone("the connection broke");
        } else {
            expel("This is no WebSocket message, or one of more than " + Protocol.MAX_HOST_TEXT_BYTES / 1024 + " KiB.");
        }
    }

    /** Nothing of it is read any more, its goodbye neither. */
    private void expel(String why) {
        refuse(RefusalCode.PROTOCOL_ERROR, why);
        if (!socket.isClosed()) socket.pause();
    }

    /** Every frame, pings and parts of messages too. */
    private void count(WebSocketFrame frame) {
        if (over || socket.isClosed()) return;
        long now = hub.clock.millis();
        int length = frame.binaryData().length();
        boolean within = frames.take(1, now)
                && bytes.take(length, now)
                && (!frame.isText() && !frame.isContinuation() || textBytes.take(length, now));
        if (!within) {
            expel("Too many messages.");
        } else if (socket.writeQueueFull()) {
            // Vert.x answers pings by itself.
            gone("it does not read what it is sent");
            cutOff();
        }
    }

    private void guarded(Runnable handling) {
        if (over) return;
        try {
            handling.run();
        } catch (WireException e) {
            refuse(RefusalCode.PROTOCOL_ERROR, e.getMessage());
        }
    }

    /** Token path: a binary message nearly always is one frame. Text is put together elsewhere. */
    private void frame(WebSocketFrame frame) {
        count(frame);
        if (frame.isBinary() && frame.isFinal()) {
            guarded(() -> binary(frame.binaryData().getBytes()));
        } else if (frame.isBinary() || frame.isContinuation() && pieces.isPresent()) {
            guarded(() -> piece(frame));
        }
    }

    private void piece(WebSocketFrame frame) {
        Buffer all = frame.isBinary() ? Buffer.buffer() : pieces.orElseThrow();
        if (all.length() + frame.binaryData().length() > Protocol.MAX_TOKEN_FRAME_BYTES) {
            throw new WireException("A binary message has at most 64 KiB");
        }
        all.appendBuffer(frame.binaryData());
        pieces = frame.isFinal() ? Optional.empty() : Optional.of(all);
        if (frame.isFinal()) binary(all.getBytes());
    }

    private void binary(byte[] frame) {
        if (host == null) throw new WireException("Tokens or vectors before the hello");
        host.heard();
        if (EmbeddingFrame.isOne(frame)) {
            hub.jobs.vector(host, EmbeddingFrame.decode(frame));
        } else {
            hub.jobs.tokens(host, TokenFrame.decode(frame));
        }
    }

    private void control(String text) {
        FromHost message = WireCodec.decodeFromHost(text);
        if (host == null) {
            if (message instanceof FromHost.Hello hello && !helloSeen) {
                helloSeen = true;
                hello(hello);
            } else if (!(message instanceof FromHost.Unknown)) {
                throw new WireException("The first message must be one hello");
            }
            return;
        }
        host.heard();
        switch (message) {
            case FromHost.Heartbeat beat -> send(new FromOrchestrator.HeartbeatAck(beat.sequence(), !host.draining()));
            case FromHost.JobStarted started -> hub.jobs.started(host, started);
            case FromHost.JobFinished finished -> hub.jobs.finished(host, finished);
            case FromHost.JobFailed failed -> hub.jobs.failed(host, failed);
            case FromHost.AuditDone done -> hub.jobs.audited(host, done);
            case FromHost.ModelsChanged changed -> {
                checkModelCount(changed.models().size());
                hub.registry.replaceModels(host, changed.models());
                hub.jobs.hostAnnounced(host);
            }
            case FromHost.Draining draining -> host.startDraining();
            case FromHost.Hello again -> throw new WireException("A second hello");
            case FromHost.Unknown unknown -> log.debug("{} sent a message of a newer protocol", host);
        }
    }

    private void hello(FromHost.Hello hello) {
        if (hello.protocolVersion() < Protocol.MINIMUM_VERSION) {
            refuse(
                    RefusalCode.UPDATE_NEEDED,
                    "This host speaks protocol " + hello.protocolVersion() + "; the network needs "
                            + Protocol.MINIMUM_VERSION + ". Update PeerLLM.");
            return;
        }
        CompletableFuture.supplyAsync(() -> signed(hello), hub.blocking)
                .thenAccept(fits -> loop.runOnContext(nothing -> guarded(() -> checked(hello, fits))));
    }

    private void checked(FromHost.Hello hello, boolean signed) {
        if (!signed) {
            refuse(RefusalCode.BAD_SIGNATURE, "The signature does not fit the key and the challenge.");
            return;
        }
        Duration skew = Duration.ofMillis(Math.abs(hub.clock.millis() - hello.sentAtMillis()));
        if (skew.compareTo(hub.limits.clockSkew()) > 0) {
            refuse(
                    RefusalCode.CLOCK_SKEW,
                    "This computer's clock is " + skew.toMinutes()
                            + " minutes off. Set it to update by itself, then connect again.");
            return;
        }
        checkModelCount(hello.models().size());
        HostId id = HostId.of(hello.key());
        hub.gate
                .admit(id, hello.key())
                .whenComplete((admission, failure) -> loop.runOnContext(nothing -> {
                    if (over) return;
                    if (failure != null) {
                        log.error("Admission of {} failed", id.pseudonym(), failure);
                        refuse(RefusalCode.FULL, "The orchestrator cannot check hosts now. Try again later.");
                    } else if (admission instanceof HostGate.Admission.Denied denied) {
                        refuse(RefusalCode.NOT_ADMITTED, denied.reason());
                    } else if (admission instanceof HostGate.Admission.Admitted admitted) {
                        register(id, hello, hub.standings.joined(id, admitted.history()));
                    }
                }));
    }

    private void register(HostId id, FromHost.Hello hello, HostStanding standing) {
        host = new HostConnection(id, hello.key(), hello.software(), hello.hardware(), standing, hub.clock, this::send);
        HostConnection older = hub.registry.add(host, hello.models()).orElse(null);
        send(new FromOrchestrator.Welcome(id, (int) hub.limits.heartbeat().toSeconds(), (int)
                hub.limits.silence().toSeconds()));
        hub.registered(host, older);
    }

    private boolean signed(FromHost.Hello hello) {
        try {
            byte[] signature = Base64.getUrlDecoder().decode(hello.signature());
            return hello.key().verifies(Protocol.handshakeMessage(nonce, hub.name, hello.key()), signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void checkModelCount(int models) {
        if (models > hub.limits.modelsPerHost()) {
            throw new WireException("A host announces at most " + hub.limits.modelsPerHost() + " models");
        }
    }

    private void send(FromOrchestrator message) {
        // A closed socket has its close handler on the way, which ends this link.
        if (over || socket.isClosed()) return;
        if (socket.writeQueueFull()) {
            gone("it does not read what it is sent");
            cutOff();
            return;
        }
        socket.writeTextMessage(WireCodec.encode(message)).onFailure(e -> gone("a message could not be sent"));
    }

    private void gone(String why) {
        if (over) return;
        over = true;
        hub.closed(this);
        if (host != null) hub.lost(host, why);
    }
}
