package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.api.DoorLimits;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Consumers who want to do harm, over real sockets. Each is told or cut off, memory stays bounded, and others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class HostileConsumersTest {
    /** As in the field, but quicker; the room for bodies holds two large ones and a half. */
    private static final DoorLimits QUICK = new DoorLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            2_000,
            50,
            false,
            5 * 1024 * 1024);

    private static final Duration DRIP = Duration.ofMillis(150);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int MIB = 1024 * 1024;

    private final List<ScriptedHost> hosts = new ArrayList<>();
    private TestNetwork network;
    private String key;

    @BeforeAll
    void start(@TempDir Path data) {
        network = new TestNetwork(data, QUICK);
        key = network.consumer("ann", "50.00");
    }

    @AfterEach
    void othersAreServedAndTheHostileHostLeaves() {
        hostsLeave();
        othersAreServed();
        hostsLeave();
    }

    private void hostsLeave() {
        hosts.forEach(ScriptedHost::close);
        hosts.clear();
        await().until(() -> network.get("/hosts", "").json().path("total").asInt() == 0);
    }

    @AfterAll
    void theLedgerAddsUp() {
        network.closeWhenAllIsPaid();
    }

    private void othersAreServed() {
        ScriptedHost honest =
                ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
        hosts.add(honest);
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("fine");
    }

    private RawSocket connect() {
        return new RawSocket(network.port());
    }

    private String head(String length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "",
                "GET /healthz?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "GET /healthz HTTP/1.1\r\nx-a: bbbbbbbbbbbbbbbbbbbbb"
            })
    void whoseRequestComesByDripsIsCutOff(String begun) {
        try (RawSocket slow = connect()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> slow.drips(begun, DRIP, SOON));
            othersAreServed();

            assertThat(answer.join()).isEmpty();
        }
    }

    @Test
    void whoseBodyComesByDripsIsToldAndCutOff() {
        try (RawSocket slow = connect()) {
            slow.send(head("1000"));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> slow.drips("{\"model\":\"" + "a".repeat(900), DRIP, SOON.multipliedBy(4)));
            othersAreServed();

            assertThat(answer.join()).startsWith("HTTP/1.1 408 ").contains("request_timeout");
        }
    }

    @Test
    void aConnectionThatIsNotUsedAnyMoreIsClosed() {
        try (RawSocket idle = connect()) {
            idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(idle.readAll()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aThousandConnectionsThatDoNothingCostLittleAndAreClosed() {
        long before = Heap.usedBytes();
        List<RawSocket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) idle.add(connect());
            othersAreServed();
            assertThat(Heap.usedBytes() - before).isLessThan(32L * MIB);
            for (RawSocket each : idle) assertThat(each.readAll()).isEmpty();
        } finally {
            idle.forEach(RawSocket::close);
        }
    }

    @Test
    void oneAddressHasSoManyConnectionsAndNoMore(@TempDir Path data) {
        DoorLimits bounded = new DoorLimits(
                QUICK.firstRequest(),
                QUICK.nextRequest(),
                QUICK.body(),
                QUICK.lingering(),
                2_000,
                50,
                true,
                QUICK.receivedBytes());
        List<RawSocket> open = new ArrayList<>();
        try (TestNetwork other = new TestNetwork(data, bounded)) {
            for (int i = 0; i < 50; i++) open.add(new RawSocket(other.port()));
            try (RawSocket oneMore = new RawSocket(other.port())) {
                assertThat(oneMore.readAll()).isEmpty();
            }
            open.getLast().send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(open.getLast().readHead()).startsWith("HTTP/1.1 200 ");
        } finally {
            open.forEach(RawSocket::close);
        }
    }

    @Test
    void largeBodiesThatStopHalfwayTakeABoundedRoom() {
        byte[] half = ("{\"model\":\"" + "a".repeat(2 * MIB)).getBytes(StandardCharsets.UTF_8);
        List<RawSocket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                halves.add(connect());
                halves.getLast().send(head("" + 3 * MIB));
                halves.getLast().trySend(half);
            }
            othersAreServed();
            List<String> answers = halves.stream().map(RawSocket::readHead).toList();

            assertThat(answers)
                    .filteredOn(each -> each.startsWith("HTTP/1.1 503 "))
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(each -> each.startsWith("HTTP/1.1 408 "))
                    .hasSize(2);
        } finally {
            halves.forEach(RawSocket::close);
        }
    }

    @Test
    void whoReadsNoneOfItsAnswersIsCutOff() {
        byte[] request = "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        long before = Heap.usedBytes();
        try (RawSocket deaf = connect()) {
            assertThat(deaf.floods(request, 1_000_000)).isTrue();
            assertThat(Heap.usedBytes() - before).isLessThan(32L * MIB);
        }
    }

    @Test
    void whoReadsNothingOfItsStreamEndsItsJob() {
        List<FromOrchestrator.JobOffer> offers = new ArrayList<>();
        ScriptedHost talker = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.model(200_000, 4),
                (self, offer) -> {
                    offers.add(offer);
                    self.started(offer, 10);
                    byte[] text = "four words and some more, so that it is no small piece at all.\n"
                            .getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 25_000; i++) {
                        self.send(
                                new TokenFrame(offer.stream(), 4 * i, new int[] {1, 2, 3, 4}, AnswerChunk.plain(text)));
                    }
                });
        hosts.add(talker);
        long before = Heap.usedBytes();
        // Longer than the honest host's context.
        String body = TestNetwork.question(",\"stream\":true").replace("Hi", "word ".repeat(700));
        try (RawSocket deaf = connect()) {
            deaf.send(head("" + body.length()) + body);

            await().atMost(SOON)
                    .until(() -> talker.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
            assertThat(Heap.usedBytes() - before).isLessThan(48L * MIB);
            hostsLeave();
            othersAreServed();
        }
        assertThat(offers).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoHttpIsToldOrCutOff(byte[] sent) {
        try (RawSocket odd = connect()) {
            odd.trySend(sent);
            String answer = odd.readAll();

            assertThat(answer)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            told -> assertThat(told).matches("(?s)HTTP/\\d\\.\\d 4.*"));
            assertThat(answer).doesNotContain("Exception");
        }
    }

    static Stream<byte[]> whatIsNoHttpIsToldOrCutOff() {
        String end = "\r\nHost: localhost\r\n\r\n";
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        return Stream.concat(
                Stream.of(
                                "\u0000\u0000\u0000\u0000\r\n\r\n",
                                "GET\r\n\r\n",
                                "GET / HTTP/9.9" + end,
                                "GET /" + "a".repeat(10_000) + " HTTP/1.1" + end,
                                "GET / HTTP/1.1\r\nx: " + "a".repeat(40_000) + end,
                                "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(10_000) + end,
                                "GET / HTTP/1.1\r\nno colon here" + end,
                                "GET /v1/models/%zz HTTP/1.1" + end,
                                "GET /%00%ff HTTP/1.1" + end,
                                "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: -5" + end,
                                "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 99999999999999999999" + end,
                                "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6" + end
                                        + "abcdef",
                                "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3"
                                        + end + "0\r\n\r\n",
                                "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked" + end + "zz\r\nabc",
                                "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked" + end + "1;"
                                        + "x".repeat(100_000),
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                                "GET /hosts/connect HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"
                                        + end,
                                "GET /elsewhere HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" + end,
                                "GET /hosts/connect HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 1"
                                        + end)
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)),
                Stream.of(noise, new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0}));
    }

    /** Bodies that were good before something in them was broken. */
    @Test
    void brokenBodiesAreNeverMoreThanTheSendersFault() {
        Random random = new Random(20261123);
        byte[] good = TestNetwork.question(
                        ",\"stream\":false,\"n\":1,\"max_tokens\":20,\"stop\":[\"x\"],\"logit_bias\":{\"5\":1},"
                                + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] body = good.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(body.length);
                switch (random.nextInt(3)) {
                    case 0 -> body[at] = (byte) random.nextInt(256);
                    case 1 -> body[at] = "{}[]\",:0-e.\\tn".getBytes(StandardCharsets.US_ASCII)[random.nextInt(14)];
                    default -> body = java.util.Arrays.copyOf(body, at + 1);
                }
            }
            TestNetwork.Answer answer = network.chat(key, body);

            assertThat(answer.status()).as(() -> answer.body()).isIn(200, 400, 404, 503);
            if (answer.status() == 503) assertThat(answer.code()).isEqualTo("no_host");
        }
    }
}
