package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.wire.FromOrchestrator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration for nginx that the archive brings along, in a real nginx that does TLS in front of an orchestrator. */
@Timeout(60)
class BehindNginxTest {
    private static final int TOKENS = 20;

    @TempDir
    private Path folder;

    private TestNetwork network;
    private RunningNginx nginx;
    private OkHttpClient client;
    private String key;

    @BeforeEach
    void startBoth() throws IOException, InterruptedException {
        Optional<Path> program = RunningNginx.program();
        assumeTrue(program.isPresent(), "There is no nginx here; ./peerllm test fetches it where there is apt-get.");
        HeldCertificate held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(held.certificate())
                .build();
        client = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .readTimeout(20, TimeUnit.SECONDS)
                .build();
        network = new TestNetwork(folder.resolve("data"), client, Optional.empty(), TestNetwork.PATIENT);
        nginx = RunningNginx.start(program.get(), Files.createDirectory(folder.resolve("nginx")), held, network.port());
        key = network.consumer("ann", "1");
    }

    @AfterEach
    void stopBoth() throws InterruptedException {
        if (nginx != null) nginx.stop();
        if (network != null) network.closeWhenAllIsPaid();
    }

    @Test
    void aHostConnectsThroughItAndEachTokenPassesAtOnce() throws Exception {
        CompletableFuture<FromOrchestrator.JobOffer> offered = new CompletableFuture<>();
        try (ScriptedHost host = ScriptedHost.join(
                        client, nginx.url(), PeerIdentity.generate(), ScriptedHost.model(768, 4), (self, offer) -> {
                            offered.complete(offer);
                            // An answer's headers leave with its first token.
                            self.started(offer, 10);
                            self.tokens(offer, 0, word(0));
                        });
                Response answer = client.newCall(ask(",\"stream\":true")).execute()) {
            BufferedSource events = answer.body().source();
            awaitLine(events, "\"" + word(0) + "\"");
            FromOrchestrator.JobOffer offer = offered.join();
            DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
            hash.add(new int[] {100}, word(0).getBytes(StandardCharsets.UTF_8), false);
            for (int i = 1; i < TOKENS; i++) {
                host.tokens(offer, i, word(i));
                hash.add(new int[] {100 + i}, word(i).getBytes(StandardCharsets.UTF_8), false);
                // The next is sent only when this one has come through.
                awaitLine(events, "\"" + word(i) + "\"");
            }
            host.finish(offer, TOKENS, hash.hex());
            awaitLine(events, "[DONE]");
        }
    }

    @Test
    void theLargestRequestsReachTheOrchestratorAndNoPromptIsWrittenToAFile() throws IOException {
        String secret = "the prompt that no file may hold";
        String prompt = secret.repeat(2_500_000 / secret.length());
        Request request = network.request(
                        "/v1/chat/completions", key, TestNetwork.question("").replace("\"Hi\"", "\"" + prompt + "\""))
                .newBuilder()
                .url(nginx.url() + "/v1/chat/completions")
                .build();

        try (Response answer = client.newCall(request).execute()) {
            assertThat(TestNetwork.JSON
                            .readTree(answer.body().string())
                            .at("/error/code")
                            .asString(""))
                    .isEqualTo("no_host");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    private static String word(int position) {
        return "word" + position + " ";
    }

    private Request ask(String extras) {
        return network.request("/v1/chat/completions", key, TestNetwork.question(extras))
                .newBuilder()
                .url(nginx.url() + "/v1/chat/completions")
                .build();
    }

    private static void awaitLine(BufferedSource events, String part) throws IOException {
        String line = events.readUtf8LineStrict();
        while (!line.contains(part)) line = events.readUtf8LineStrict();
    }
}
