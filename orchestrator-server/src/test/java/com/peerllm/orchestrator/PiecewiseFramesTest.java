package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket library may cut a message into frames: a host of another make then still answers. */
class PiecewiseFramesTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    /** Kept: it closes its connections when nothing refers to it. */
    private final WebSocketClient client = vertx.createWebSocketClient();

    private final PeerIdentity identity = PeerIdentity.generate();
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void closeClient() {
        vertx.close();
    }

    @Test
    void aTokenFrameInPiecesIsReadAsOne() throws Exception {
        try (TestNetwork network = new TestNetwork(folder)) {
            connect(network, (socket, frame) -> {
                int third = frame.length() / 3;
                socket.writeFrame(WebSocketFrame.binaryFrame(frame.getBuffer(0, third), false));
                socket.writePing(Buffer.buffer("between"));
                socket.writeFrame(WebSocketFrame.continuationFrame(frame.getBuffer(third, 2 * third), false));
                socket.writeFrame(WebSocketFrame.continuationFrame(frame.getBuffer(2 * third, frame.length()), true));
            });
            var answer = network.chat(network.consumer("ann", "10"), TestNetwork.question(",\"max_tokens\":1"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("whole");
        }
    }

    @Test
    void aBinaryMessageThatOnlyGrowsEndsTheConnection() throws Exception {
        try (TestNetwork network = new TestNetwork(folder)) {
            connect(network, (socket, frame) -> {
                Buffer piece = Buffer.buffer(new byte[1024]);
                socket.writeFrame(WebSocketFrame.binaryFrame(piece, false));
                for (int i = 0; i < 64; i++) socket.writeFrame(WebSocketFrame.continuationFrame(piece, false));
            });
            var answer = network.chat(network.consumer("ann", "10"), TestNetwork.question(",\"max_tokens\":1"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A host whose answer is one token, sent in the test's own way. */
    private void connect(TestNetwork network, BiConsumer<WebSocket, Buffer> sending) throws InterruptedException {
        URI url = URI.create(network.url());
        ClientWebSocket socket = client.webSocket();
        socket.closeHandler(nothing -> closed.countDown());
        socket.textMessageHandler(text -> heard(socket, text, sending));
        socket.connect(new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(Protocol.PATH)
                .setSubProtocols(List.of(Protocol.SUBPROTOCOL)));
        assertThat(welcome.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void heard(WebSocket socket, String text, BiConsumer<WebSocket, Buffer> sending) {
        switch (WireCodec.decodeFromOrchestrator(text)) {
            case FromOrchestrator.Challenge challenge ->
                send(socket, ScriptedHost.hello(challenge, identity, List.of(ScriptedHost.model(768, 4))));
            case FromOrchestrator.Welcome any -> welcome.countDown();
            case FromOrchestrator.JobOffer offer -> answer(socket, offer, sending);
            default -> {}
        }
    }

    private void answer(WebSocket socket, FromOrchestrator.JobOffer offer, BiConsumer<WebSocket, Buffer> sending) {
        byte[] word = "whole".getBytes(StandardCharsets.UTF_8);
        int[] ids = {7};
        send(socket, new FromHost.JobStarted(offer.stream(), 10, 0));
        sending.accept(socket, Buffer.buffer(new TokenFrame(offer.stream(), 0, ids, AnswerChunk.plain(word)).encode()));
        DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
        hash.add(ids, word, false);
        byte[] signature = identity.sign(new DeliveryStatement(offer.job(), offer.model(), 1, hash.hex()).message());
        String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        send(socket, new FromHost.JobFinished(offer.stream(), "length", 10, 1, hash.hex(), base64));
    }

    private static void send(WebSocket socket, FromHost message) {
        socket.writeTextMessage(WireCodec.encode(message));
    }
}
