package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.WireCodec;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts who break the WebSocket protocol or send and leave unread without measure. Each is cut off, memory stays bounded, and others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class HostileHostsTest {
    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int CONTINUATION = 0;
    private static final int MIB = 1024 * 1024;

    private TestNetwork network;
    private String key;

    @BeforeAll
    void start(@TempDir Path data) {
        network = new TestNetwork(data);
        key = network.consumer("ann", "100.00");
    }

    @AfterEach
    void othersAreServed() {
        try (ScriptedHost honest = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.model(100_000_000, 4),
                (self, offer) -> self.answer(offer, "fine"))) {
            honest.awaitWelcome();
            TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        await().until(() -> network.get("/hosts", "").json().path("total").asInt() == 0);
    }

    @AfterAll
    void theLedgerAddsUp() {
        network.closeWhenAllIsPaid();
    }

    private RawSocket dial(String... moreHeaders) {
        return RawSocket.upgraded(network.port(), moreHeaders);
    }

    /** A host that was let in and has this model. */
    private RawSocket host(AnnouncedModel model) {
        RawSocket socket = dial();
        FromOrchestrator.Challenge challenge =
                (FromOrchestrator.Challenge) WireCodec.decodeFromOrchestrator(socket.readTextFrame());
        FromHost hello = ScriptedHost.hello(challenge, PeerIdentity.generate(), List.of(model));
        socket.send(RawSocket.frame(FIN | RawSocket.TEXT, WireCodec.encode(hello)));
        assertThat(WireCodec.decodeFromOrchestrator(socket.readTextFrame()))
                .isInstanceOf(FromOrchestrator.Welcome.class);
        return socket;
    }

    @ParameterizedTest
    @MethodSource
    void whatBreaksTheProtocolEndsTheConnection(byte[] sent) {
        try (RawSocket odd = dial()) {
            odd.trySend(sent);

            assertThat(odd.readAll()).doesNotContain("Exception");
        }
    }

    static Stream<byte[]> whatBreaksTheProtocolEndsTheConnection() {
        byte[] noise = new byte[10_000];
        new Random(11).nextBytes(noise);
        byte[] badText = {(byte) 0xC3, 0x28, (byte) 0xFF};
        byte[] unmasked = {(byte) (FIN | RawSocket.TEXT), 2, '{', '}'};
        return Stream.of(
                unmasked,
                RawSocket.frame(FIN | 3, "x"),
                RawSocket.frame(FIN | 0x0B, "x"),
                RawSocket.frame(FIN | 0x70 | RawSocket.TEXT, "{}"),
                RawSocket.frame(FIN | RawSocket.TEXT, badText),
                RawSocket.frame(FIN | CONTINUATION, "x"),
                RawSocket.frame(RawSocket.PING, "in parts"),
                RawSocket.frame(FIN | RawSocket.PING, "longer than 125 ".repeat(10)),
                RawSocket.frame(FIN | RawSocket.CLOSE, new byte[] {1}),
                new byte[] {(byte) (FIN | RawSocket.BINARY), (byte) 0xFF, 127, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0},
                new byte[] {(byte) (FIN | RawSocket.BINARY), (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0},
                RawSocket.frame(FIN | RawSocket.TEXT, "[".repeat(Protocol.MAX_HOST_TEXT_BYTES - 1)),
                RawSocket.frame(
                        FIN | RawSocket.TEXT,
                        "{\"type\":\"x\",\"a\":\"" + "x".repeat(Protocol.MAX_HOST_TEXT_BYTES) + "\"}"),
                noise);
    }

    @Test
    void whoConnectsAndSaysNothingOrNothingToThePointIsCutOff() {
        try (RawSocket silent = dial();
                RawSocket idle = dial()) {
            idle.send(RawSocket.frame(FIN | RawSocket.TEXT, "{}"));
            assertThat(silent.readAll()).contains("No hello came in time.");
            assertThat(idle.readAll()).doesNotContain("Exception");
        }
    }

    @Test
    void whoSendsMessagesWithoutMeasureIsCutOff() {
        byte[] beat = RawSocket.frame(FIN | RawSocket.TEXT, WireCodec.encode(new FromHost.Heartbeat(1, 0)));
        byte[] many = repeated(beat, 1000);
        try (RawSocket flooding = host(ScriptedHost.model(768, 4))) {
            // Reads nothing either: what it was told last is lost with the rest.
            assertThat(flooding.floods(many, 2_000)).isTrue();
        }
    }

    @Test
    void whoSendsPingsWithoutMeasureIsCutOff() {
        byte[] many = repeated(RawSocket.frame(FIN | RawSocket.PING, "p".repeat(100)), 1000);
        long before = Heap.usedBytes();
        try (RawSocket flooding = host(ScriptedHost.model(768, 4))) {
            // More than a quick computer sends in the seconds until the end.
            assertThat(flooding.floods(many, 20_000)).isTrue();
            assertThat(Heap.usedBytes() - before).isLessThan(48L * MIB);
        }
    }

    @Test
    void aMessageInEndlessPartsEndsTheConnection() {
        long before = Heap.usedBytes();
        try (RawSocket flooding = dial()) {
            flooding.send(RawSocket.frame(RawSocket.TEXT, "{"));
            assertThat(flooding.floods(RawSocket.frame(CONTINUATION, " ".repeat(10_000)), 10_000))
                    .isTrue();
            assertThat(Heap.usedBytes() - before).isLessThan(32L * MIB);
        }
        try (RawSocket flooding = dial()) {
            flooding.send(RawSocket.frame(RawSocket.TEXT, "{"));
            assertThat(flooding.floods(repeated(RawSocket.frame(CONTINUATION, ""), 1000), 2_000))
                    .isTrue();
        }
    }

    @Test
    void whatIsCompressedIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            for (int i = 0; i < 200; i++) out.write(new byte[MIB]);
        }
        assertThat(packed.size()).isLessThan(Protocol.MAX_HOST_TEXT_BYTES);
        long before = Heap.usedBytes();
        try (RawSocket bomb = dial("Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
            bomb.trySend(RawSocket.frame(FIN | COMPRESSED | RawSocket.BINARY, packed.toByteArray()));
            bomb.readAll();
        }
        assertThat(Heap.usedBytes() - before).isLessThan(32L * MIB);
    }

    @Test
    void whoReadsNothingLosesItsJobsToOthers() {
        long before = Heap.usedBytes();
        AnnouncedModel fast = new AnnouncedModel(
                "Sprout",
                ScriptedHost.MODEL,
                1_531_744,
                "llama",
                "Q8_0",
                100_000_000,
                1024,
                64,
                100_000,
                1_000_000,
                0,
                List.of("chat"));
        String body = TestNetwork.question("").replace("Hi", "word ".repeat(500_000));
        try (RawSocket deaf = host(fast);
                ScriptedHost honest = ScriptedHost.join(
                        network.client,
                        network.url(),
                        PeerIdentity.generate(),
                        ScriptedHost.model(100_000_000, 64),
                        (self, offer) -> self.answer(offer, "fine"))) {
            List<CompletableFuture<TestNetwork.Answer>> answers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> network.chat(key, body)))
                    .limit(12)
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                honest.send(new FromHost.Heartbeat(1, 0));
                return answers.stream().allMatch(CompletableFuture::isDone);
            });
            assertThat(answers)
                    .allSatisfy(each -> assertThat(each.join().text()).isEqualTo("fine"));
            assertThat(deaf.floods(RawSocket.frame(FIN | RawSocket.PING, ""), 1_000_000))
                    .isTrue();
            assertThat(Heap.usedBytes() - before).isLessThan(64L * MIB);
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        return all;
    }
}
