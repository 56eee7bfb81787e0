package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Embeddings over real sockets, with hosts that do what the test says. After each test the ledger adds up. */
@Timeout(60)
class EmbeddingsNetworkTest {
    private static final EmbeddingVector EAST = EmbeddingVector.of(new float[] {1, 0});
    private static final EmbeddingVector NORTH = EmbeddingVector.of(new float[] {-0.6f, 0.8f});
    private static final String TWO = "[\"a\",\"b c\"]";

    @TempDir
    private Path data;

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1.00");
    }

    @AfterEach
    void theLedgerAddsUpAndNothingIsHeld() {
        try (TestNetwork running = network) {
            await().untilAsserted(() -> {
                JsonNode report = running.admin(new AdminCommand.Audit());
                assertThat(report.path("clean").asBoolean())
                        .as(report.toString())
                        .isTrue();
                assertThat(report.path("open_holds").asInt()).isZero();
            });
            assertThat(running.balances().path("sum_nanodollars").asLong()).isZero();
        }
    }

    private ScriptedHost join(BiConsumer<ScriptedHost, FromOrchestrator.EmbeddingOffer> work) {
        ScriptedHost host = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.embedder(512),
                (self, offer) -> {});
        host.embeds = work;
        return host;
    }

    private TestNetwork.Answer ask(String input) {
        return ask(input, "");
    }

    private TestNetwork.Answer ask(String input, String extras) {
        return network.embeddings(key, body(input, extras));
    }

    private static String body(String input, String extras) {
        return "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"input\":" + input + extras + "}";
    }

    @Test
    void answersAndPaysByTheTokensOfTheInputsAndIssuesAReceiptThatBothSignaturesProve() throws Exception {
        ScriptedHost host = join((self, offer) -> {
            assertThat(offer.inputs()).containsExactly(new EmbeddingInput.Text("a"), new EmbeddingInput.Text("b c"));
            self.embed(offer, 7, EAST, NORTH);
        });
        TestNetwork.Answer answer = ask(TWO);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("object").asString()).isEqualTo("list");
        assertThat(json.path("model").asString()).isEqualTo(ScriptedHost.MODEL_ID);
        assertThat(json.path("data")).hasSize(2);
        JsonNode second = json.path("data").path(1);
        assertThat(second.path("object").asString()).isEqualTo("embedding");
        assertThat(second.path("index").asInt()).isEqualTo(1);
        assertThat(second.path("embedding").toString()).isEqualTo("[-0.6,0.8]");
        assertThat(json.path("usage").toString()).isEqualTo("{\"prompt_tokens\":7,\"total_tokens\":7}");
        long charged = 7 * 500;
        assertThat(json.path("peerllm").path("price_nanodollars").asLong()).isEqualTo(charged);
        assertThat(json.path("peerllm").path("hosts").path(0).asString())
                .isEqualTo(host.identity.hostId().pseudonym());

        Receipt receipt = host.awaitReceipt();
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults()).isEmpty();
        assertThat(receipt.hostSignature()).isPresent();
        assertThat(receipt.promptTokens()).isEqualTo(7);
        assertThat(receipt.completionTokens()).isZero();
        assertThat(answer.headers().get("x-peerllm-receipt"))
                .isEqualTo(receipt.job().value());
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - charged);
        assertThat(network.posted(AccountId.ofHost(host.identity.hostId()).value()))
                .isEqualTo(charged * 95 / 100);
    }

    @Test
    void writesVectorsAsBase64OfLittleEndianFloatsWhenAsked() {
        join((self, offer) -> self.embed(offer, 2, NORTH));
        String text = ask("\"a\"", ",\"encoding_format\":\"base64\"")
                .json()
                .path("data")
                .path(0)
                .path("embedding")
                .asString();

        assertThat(Base64.getDecoder().decode(text)).isEqualTo(NORTH.littleEndian());
    }

    @Test
    void takesTokenIdsAndTheModelsOwnDimensions() {
        join((self, offer) -> {
            assertThat(offer.inputs()).containsExactly(new EmbeddingInput.Tokens(List.of(5, 6)));
            self.embed(offer, 2, EAST);
        });

        assertThat(ask("[5,6]", ",\"dimensions\":2").status()).isEqualTo(200);
        TestNetwork.Answer other = ask("[5,6]", ",\"dimensions\":1");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.code()).isEqualTo("unsupported_parameter");
        assertThat(other.json().path("error").path("param").asString()).isEqualTo("dimensions");
    }

    @Test
    void whatIsWrongIsSaidByName() {
        join((self, offer) -> self.embed(offer, 2, EAST));

        assertThat(ask("\"\"").code()).isEqualTo("invalid_value");
        assertThat(ask("\"a\"", ",\"stream\":true").code()).isEqualTo("unknown_parameter");
        assertThat(network.embeddings(key, "{").code()).isEqualTo("invalid_json");
        assertThat(network.embeddings("pllm_wrong", body("\"a\"", "")).status()).isEqualTo(401);
        assertThat(network.embeddings(key, "{\"model\":\"none\",\"input\":\"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(network.get("/v1/embeddings", key).status()).isEqualTo(405);
        String poor = network.consumer("bob", "0");
        assertThat(network.embeddings(poor, body("\"a\"", "")).status()).isEqualTo(402);
        TestNetwork.Answer tooLong = ask("[\"a\",\"" + "x".repeat(8 * 512) + "\"]");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void aModelIsAskedOnlyForWhatItIsFor() {
        join((self, offer) -> self.embed(offer, 2, EAST));
        TestNetwork.Answer chat = network.chat(key, TestNetwork.question(""));
        assertThat(chat.status()).isEqualTo(400);
        assertThat(chat.code()).isEqualTo("unsupported_model");
        assertThat(chat.body()).contains("makes embeddings");
        JsonNode described =
                network.get("/v1/models", key).json().path("data").path(0).path("peerllm");
        assertThat(described.path("kind").asString()).isEqualTo("embeddings");
        assertThat(described.path("embedding_dimensions").asInt()).isEqualTo(2);
        assertThat(described.path("features").toString()).isEqualTo("[\"embeddings\"]");
    }

    @Test
    void aChatModelIsNotAskedForEmbeddings() {
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "Hi"));
        TestNetwork.Answer answer = ask("\"a\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("unsupported_model");
        assertThat(answer.body()).contains("answers chats");
    }

    /** What an honest host never does. */
    enum Lie {
        NOT_A_NUMBER,
        OTHER_DIMENSIONS,
        WRONG_INDEX,
        ONE_TOO_MANY,
        ONE_TOO_FEW,
        IMPOSSIBLE_COUNT,
        NO_COUNT
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void aHostThatDeliversWhatCannotBeIsReplacedAndNotPaid(Lie lie) {
        CountDownLatch lied = new CountDownLatch(1);
        ScriptedHost liar = join((self, offer) -> {
            lied.countDown();
            lie(self, offer, lie);
        });
        AtomicInteger honestly = new AtomicInteger();
        TestNetwork.Answer alone = ask(TWO);
        assertThat(alone.status()).as(alone.body()).isEqualTo(503);
        assertThat(alone.code()).isEqualTo("hosts_failed");
        assertThat(lied.getCount()).isZero();

        join((self, offer) -> {
            honestly.incrementAndGet();
            self.embed(offer, 7, EAST, NORTH);
        });
        assertThat(ask(TWO).status()).isEqualTo(200);
        assertThat(honestly.get()).isEqualTo(1);
        assertThat(network.posted(AccountId.ofHost(liar.identity.hostId()).value()))
                .isZero();
    }

    private static void lie(ScriptedHost self, FromOrchestrator.EmbeddingOffer offer, Lie lie) {
        switch (lie) {
            case NOT_A_NUMBER -> self.embed(offer, 7, EAST, EmbeddingVector.of(new float[] {0, Float.NaN}));
            case OTHER_DIMENSIONS -> self.embed(offer, 7, EAST, EmbeddingVector.of(new float[] {0, 0, 1}));
            case WRONG_INDEX -> self.send(new EmbeddingFrame(offer.stream(), 1, EAST));
            case ONE_TOO_MANY -> self.embed(offer, 7, EAST, NORTH, EAST);
            case ONE_TOO_FEW -> self.embed(offer, 7, EAST);
            case IMPOSSIBLE_COUNT -> self.embed(offer, 4 + 2 * 16 + 1, EAST, NORTH);
            case NO_COUNT -> {
                self.send(new EmbeddingFrame(offer.stream(), 0, EAST));
                self.send(new EmbeddingFrame(offer.stream(), 1, NORTH));
                self.finish(offer, 7, "");
            }
        }
    }

    @Test
    void aHostThatLosesItsEngineHalfwayIsReplacedByOneThatBeginsFromTheStart() {
        ScriptedHost first = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.embedder(512),
                (self, offer) -> {});
        first.embeds = (self, offer) -> {
            join((other, again) -> other.embed(again, 7, NORTH, EAST));
            self.send(new FromHost.JobStarted(offer.stream(), 7, 0));
            self.send(new EmbeddingFrame(offer.stream(), 0, EAST));
            self.send(new FromHost.JobFailed(offer.stream(), JobFailure.ENGINE_LOST, "The engine process ended."));
        };
        TestNetwork.Answer answer = ask(TWO);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("data").path(0).path("embedding").toString())
                .isEqualTo("[-0.6,0.8]");
        assertThat(answer.json().path("data")).hasSize(2);
        assertThat(answer.json().path("peerllm").path("hosts")).hasSize(1);
        assertThat(network.posted(AccountId.ofHost(first.identity.hostId()).value()))
                .isZero();
    }

    @Test
    void aHostThatSaysThatAnInputIsTooLongEndsTheRequestWith400() {
        join((self, offer) ->
                self.send(new FromHost.JobFailed(offer.stream(), JobFailure.CONTEXT_EXCEEDED, "Input 1 is too long.")));
        TestNetwork.Answer answer = ask("\"a\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo("input");
    }

    @Test
    void aConsumerThatLeavesCancelsTheJobAndPaysNothing() throws Exception {
        CountDownLatch offered = new CountDownLatch(1);
        ScriptedHost host = join((self, offer) -> {
            self.send(new FromHost.JobStarted(offer.stream(), 7, 0));
            self.send(new EmbeddingFrame(offer.stream(), 0, EAST));
            offered.countDown();
        });
        Call call = network.client.newCall(new Request.Builder()
                .url(network.url() + "/v1/embeddings")
                .header("authorization", "Bearer " + key)
                .post(RequestBody.create(body(TWO, ""), MediaType.get("application/json")))
                .build());
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                call.execute().close();
            } catch (java.io.IOException expected) {
                // The test ends the call.
            }
        });
        offered.await();
        call.cancel();
        asking.join();

        await().until(() -> host.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L);
    }

    @Test
    void moreVectorsThanFitInOneAnswerAreRefusedBeforeAnythingIsComputed() {
        ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                new com.peerllm.shared.wire.AnnouncedModel(
                        "Encoder",
                        ScriptedHost.MODEL,
                        1,
                        "bert",
                        "Q8_0",
                        512,
                        1024,
                        4,
                        0,
                        0,
                        0,
                        List.of("embeddings"),
                        java.util.OptionalInt.of(EmbeddingFrame.MOST_DIMENSIONS),
                        java.util.Optional.empty()),
                (self, offer) -> {});
        String inputs = "[\"a\"" + ",\"a\"".repeat(300) + "]";
        TestNetwork.Answer answer = ask(inputs);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("At most 256 inputs");
    }
}
