package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** An orchestrator of the protocol's length and no more: greets hosts over a real socket and keeps what they say. */
public final class TestOrchestrator implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    public final PeerIdentity self;
    public final String name = "test-net";
    public volatile boolean acknowledges = true;
    public volatile int heartbeatSeconds = 5;
    public volatile String subprotocol = Protocol.SUBPROTOCOL;
    public volatile int httpStatus = 101;
    /** What is said in place of challenge and welcome; {@code Unknown} is nothing at all. */
    public volatile UnaryOperator<FromOrchestrator> greeting = UnaryOperator.identity();
    /** While this is above zero, nothing is read after the next token frame. */
    public volatile CountDownLatch readsTokensAfter = new CountDownLatch(0);

    public volatile long clockMillis = System.currentTimeMillis();

    private final MockWebServer server = new MockWebServer();
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<WebSocket> current = new AtomicReference<>();

    public TestOrchestrator() throws IOException {
        this(PeerIdentity.generate(), freePort());
    }

    /** A port given by number can be taken again by the next orchestrator at once; one given by the system cannot. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    public static TestOrchestrator of(PeerIdentity self) throws IOException {
        return new TestOrchestrator(self, freePort());
    }

    public TestOrchestrator(PeerIdentity self, int port) throws IOException {
        this.self = self;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                // What a host asks besides, of its payouts and its reputation, this orchestrator does not know.
                if (!request.getTarget().equals(Protocol.PATH))
                    return new MockResponse.Builder().code(404).build();
                assertThat(request.getHeaders().get("Sec-WebSocket-Protocol")).isEqualTo(Protocol.SUBPROTOCOL);
                if (httpStatus != 101)
                    return new MockResponse.Builder().code(httpStatus).build();
                return new MockResponse.Builder()
                        .webSocketUpgrade(new Ear())
                        .addHeader("Sec-WebSocket-Protocol", subprotocol)
                        .build();
            }
        });
        server.start(port);
    }

    public int port() {
        return server.getPort();
    }

    public OrchestratorAddress address() {
        return OrchestratorAddress.parse("ws://127.0.0.1:" + port(), false);
    }

    public void say(FromOrchestrator message) {
        current.get().send(WireCodec.encode(message));
    }

    public void sayText(String text) {
        current.get().send(text);
    }

    /** Closes the connection politely. */
    public void hangUp() {
        current.get().close(1001, "bye");
    }

    /** The next message of this type; what comes before it is dropped. */
    public <T> T next(Class<T> type) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Object message = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) throw new AssertionError("No " + type.getSimpleName() + " came");
            if (type.isInstance(message)) return type.cast(message);
        }
    }

    /** What was heard and not taken yet. */
    public BlockingQueue<Object> heard() {
        return heard;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Tells that the host's side of the connection is gone. */
    public record Gone() {}

    private final class Ear extends WebSocketListener {
        private final byte[] nonce = new byte[Protocol.NONCE_BYTES];

        @Override
        public void onOpen(WebSocket socket, Response response) {
            current.set(socket);
            FromOrchestrator challenge =
                    greeting.apply(new FromOrchestrator.Challenge(nonceText(), name, self.publicKey(), 1, clockMillis));
            if (!(challenge instanceof FromOrchestrator.Unknown)) socket.send(WireCodec.encode(challenge));
        }

        private String nonceText() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            FromHost message = WireCodec.decodeFromHost(text);
            if (message instanceof FromHost.Hello hello) welcome(socket, hello);
            if (message instanceof FromHost.Heartbeat beat && acknowledges) {
                socket.send(WireCodec.encode(new FromOrchestrator.HeartbeatAck(beat.sequence(), true)));
            }
            heard.add(message);
        }

        private void welcome(WebSocket socket, FromHost.Hello hello) {
            byte[] signature = Base64.getUrlDecoder().decode(hello.signature());
            byte[] message = Protocol.handshakeMessage(nonceText(), name, hello.key());
            assertThat(hello.key().verifies(message, signature)).isTrue();
            FromOrchestrator.Welcome welcome =
                    new FromOrchestrator.Welcome(HostId.of(hello.key()), heartbeatSeconds, 3 * heartbeatSeconds);
            socket.send(WireCodec.encode(greeting.apply(welcome)));
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            byte[] frame = bytes.toByteArray();
            heard.add(EmbeddingFrame.isOne(frame) ? EmbeddingFrame.decode(frame) : TokenFrame.decode(frame));
            try {
                readsTokensAfter.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, "");
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            heard.add(new Gone());
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            heard.add(new Gone());
        }
    }
}
