package com.peerllm.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.TokenFrame;
import com.sun.management.ThreadMXBean;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a token passes: what it costs, and in how many writes it leaves. */
class TokenPathTest {
    /** 1,850 were measured, nine tenths of them in Netty and Vert.x; more than this is a leak into the path of every token. */
    private static final long MOST_BYTES_PER_TOKEN = 2_300;

    private static final int WARM_UP_TOKENS = 20_000;
    private static final int MEASURED_TOKENS = 10_000;
    private static final int TOKENS_ON_THEIR_WAY = 50;

    @TempDir
    private Path folder;

    /** A host whose tokens the test sends one by one. */
    private final BlockingQueue<FromOrchestrator.JobOffer> offers = new LinkedBlockingQueue<>();

    @Test
    void aTokenCostsTheEventLoopLittleMemory() throws Exception {
        try (TestNetwork network = new TestNetwork(folder);
                ScriptedHost host = joined(network);
                Socket consumer = ask(network)) {
            FromOrchestrator.JobOffer offer = offers.poll(20, TimeUnit.SECONDS);
            host.started(offer, 10);
            BufferedReader events =
                    new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8));
            relay(host, offer, events, 0, WARM_UP_TOKENS);
            long before = allocatedByEventLoop();
            relay(host, offer, events, WARM_UP_TOKENS, MEASURED_TOKENS);
            long perToken = (allocatedByEventLoop() - before) / MEASURED_TOKENS;
            System.out.println("Bytes allocated for each token: " + perToken);
            assertThat(perToken).isPositive().isLessThan(MOST_BYTES_PER_TOKEN);
        }
    }

    @Test
    void headersAndFirstEventLeaveInOneWrite() throws Exception {
        try (TestNetwork network = new TestNetwork(folder);
                ScriptedHost host = joined(network)) {
            String key = network.consumer("ann", "10");
            for (int i = 0; i < 20; i++) {
                try (Socket consumer = ask(network, key)) {
                    FromOrchestrator.JobOffer offer = offers.poll(20, TimeUnit.SECONDS);
                    host.started(offer, 10);
                    host.tokens(offer, 0, "first");
                    byte[] bytes = new byte[64 * 1024];
                    int read = consumer.getInputStream().read(bytes);
                    String first = new String(bytes, 0, read, StandardCharsets.UTF_8);
                    assertThat(first)
                            .startsWith("HTTP/1.1 200")
                            .contains("\r\n\r\n")
                            .contains("\"content\":\"first\"");
                }
            }
        }
    }

    @Test
    void itsClassesKnowNoDatabaseNoLockAndNoJsonTree() {
        noClasses()
                .that()
                .haveNameMatching(
                        ".*[.](Relay|Segment|DeliveredTokens|WholeText|StreamedChoice|ChunkWriter|ChunkEnvelope)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..storage..",
                        "com.peerllm.orchestrator.ledger..",
                        "java.util.concurrent.locks..",
                        "tools.jackson..",
                        "java.sql..")
                .check(new ClassFileImporter().importPackages("com.peerllm.orchestrator"));
    }

    private ScriptedHost joined(TestNetwork network) {
        return ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.model(100_000, 4),
                (self, offer) -> offers.add(offer));
    }

    private static Socket ask(TestNetwork network) throws IOException {
        return ask(network, network.consumer("ann", "10"));
    }

    private static Socket ask(TestNetwork network, String key) throws IOException {
        String body = TestNetwork.question(",\"stream\":true,\"max_tokens\":90000");
        Socket socket = new Socket("127.0.0.1", URI.create(network.url()).getPort());
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + key
                                + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Sends so many tokens, few at a time, so that the consumer always reads as fast as they come. */
    private static void relay(
            ScriptedHost host, FromOrchestrator.JobOffer offer, BufferedReader events, int from, int count)
            throws IOException {
        for (int sent = 0; sent < count; sent += TOKENS_ON_THEIR_WAY) {
            for (int i = 0; i < TOKENS_ON_THEIR_WAY; i++) {
                AnswerChunk text = AnswerChunk.plain(" word".getBytes(StandardCharsets.UTF_8));
                host.send(new TokenFrame(offer.stream(), from + sent + i, new int[] {7}, text));
            }
            for (int read = 0; read < TOKENS_ON_THEIR_WAY; ) {
                String line = events.readLine();
                if (line.contains("\"content\":\" word\"")) read++;
            }
        }
    }

    private static long allocatedByEventLoop() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop-thread"))
                .mapToLong(Thread::threadId)
                .max()
                .orElseThrow();
        return threads.getThreadAllocatedBytes(id);
    }
}
