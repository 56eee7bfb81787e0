package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.TestNetwork.Answer;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every answer has, whatever was asked, and what a request may ask of its hosts. */
class DoorTest {
    private TestNetwork network;
    private String key;

    @BeforeEach
    void start(@TempDir Path data) {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1");
    }

    @AfterEach
    void stop() {
        network.closeWhenAllIsPaid();
    }

    @Test
    void everyAnswerNamesItselfAndItsTimeAndAPageMayReadBoth() {
        try (ScriptedHost _ =
                ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "a"))) {
            for (Answer answer : new Answer[] {
                network.chat(key, TestNetwork.question("")),
                network.chat(key, TestNetwork.question(",\"stream\":true")),
                network.chat(key, "{"),
                network.get("/v1/models", "wrong"),
                network.get("/nowhere", key),
            }) {
                assertThat(answer.headers().get("x-request-id")).startsWith("req_");
                assertThat(answer.headers().get("openai-processing-ms")).matches("[0-9]+");
                assertThat(answer.headers().get("access-control-expose-headers"))
                        .contains("x-request-id", "openai-processing-ms", "retry-after", "x-should-retry");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /hosts NONSENSE, 400, invalid_http", "LONG, 414, address_too_long", "MANY, 431, headers_too_large"
    })
    void whatIsNoRequestGetsAnErrorWithANameToo(String kind, int status, String code) throws IOException {
        String head = switch (kind) {
            case "LONG" -> "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n";
            case "MANY" -> "GET /hosts HTTP/1.1\r\nx-much: " + "x".repeat(17_000) + "\r\n";
            default -> kind + "\r\n";
        };
        URI at = URI.create(network.url());
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write((head + "Host: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains(" " + status + " ", "x-request-id: req_", "\"code\":\"" + code + "\"");
        }
    }

    @Test
    void anAddressThatTakesAnotherMethodNamesIt() {
        Answer answer = network.send(network.request("/v1/models", key, "{}"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
        assertThat(answer.headers().get("allow")).isEqualTo("GET");
        Answer preflight = network.send(new Request.Builder()
                .url(network.url() + "/v1/chat/completions")
                .method("OPTIONS", null)
                .build());
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers().get("access-control-allow-headers")).contains("idempotency-key");
    }

    @Test
    void aModelThatCostsMoreThanTheRequestAllowsIsRefusedAtOnceByName() {
        try (ScriptedHost _ =
                ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "a"))) {
            Answer dear = network.chat(key, asking("\"max_price\":{\"prompt\":0.499999999,\"completion\":\"9\"}"));
            assertThat(dear.status()).isEqualTo(402);
            assertThat(dear.code()).isEqualTo("price_too_high");
            assertThat(dear.json().at("/error/param").asString()).isEqualTo("peerllm.max_price");
            assertThat(dear.headers().get("retry-after")).isNull();
            assertThat(network.chat(key, asking("\"max_price\":{\"completion\":\"1.49\"}"))
                            .code())
                    .isEqualTo("price_too_high");

            Answer allowed = network.chat(key, asking("\"max_price\":{\"prompt\":\"0.50\",\"completion\":1.5}"));
            assertThat(allowed.text()).as(allowed.body()).isEqualTo("a");
        }
    }

    @Test
    void textsAndVectorsHaveTheSameLimitOfPrice() {
        String cheap = ",\"peerllm\":{\"max_price\":{\"prompt\":0.1}}";
        try (ScriptedHost _ = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.able(4),
                (self, offer) -> self.answer(offer, "a"))) {
            assertThat(network.completion(key, TestNetwork.beginning(cheap)).code())
                    .isEqualTo("price_too_high");
        }
        try (ScriptedHost _ = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.embedder(768),
                (self, offer) -> {})) {
            String body = "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"input\":\"a\"" + cheap + "}";
            assertThat(network.embeddings(key, body).code()).isEqualTo("price_too_high");
        }
    }

    @Test
    void aWishThatNobodyCanKeepYetIsRefusedByName() {
        for (String wish : new String[] {"own_hosts_only\":true", "region\":\"eu\""}) {
            Answer answer = network.chat(key, asking("\"" + wish));
            assertThat(answer.code()).isEqualTo("unsupported_parameter");
            assertThat(answer.json().at("/error/param").asString()).startsWith("peerllm.");
        }
    }

    private static String asking(String wishes) {
        return TestNetwork.question(",\"peerllm\":{" + wishes + "}");
    }
}
