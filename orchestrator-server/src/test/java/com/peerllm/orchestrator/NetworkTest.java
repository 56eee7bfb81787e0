package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.RefusalCode;
import com.peerllm.shared.wire.TokenFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Consumers and hosts over real sockets, with hosts that do what the test says. After each test the ledger adds up. */
@Timeout(60)
class NetworkTest {
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
        network.closeWhenAllIsPaidAndLogged();
    }

    private ScriptedHost join(java.util.function.BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), work);
    }

    @Test
    void answersAndPaysAndIssuesAReceiptThatBothSignaturesProve() throws Exception {
        ScriptedHost host = join((self, offer) -> self.answer(offer, "Hello", " there", "!"));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("Hello there!");
        assertThat(answer.json().path("usage").path("prompt_tokens").asInt()).isEqualTo(10);
        assertThat(answer.json().path("usage").path("completion_tokens").asInt())
                .isEqualTo(3);
        assertThat(answer.json().path("peerllm").path("hosts").path(0).asString())
                .isEqualTo(host.identity.hostId().pseudonym());

        // 10 prompt tokens at $0.50 and 3 completion tokens at $1.50 a million.
        long charged = 10 * 500 + 3 * 1500;
        assertThat(answer.json().path("peerllm").path("price_nanodollars").asLong())
                .isEqualTo(charged);
        Receipt receipt = host.awaitReceipt();
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults()).isEmpty();
        assertThat(receipt.hostSignature()).isPresent();
        assertThat(receipt.charged()).isEqualTo(new Credits(charged));
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - charged);
        assertThat(network.posted(AccountId.ofHost(host.identity.hostId()).value()))
                .isEqualTo(charged * 95 / 100);

        TestNetwork.Answer shown = network.get("/v1/receipts/" + receipt.job(), key);
        assertThat(shown.json().path("data")).hasSize(1);
        assertThat(network.get("/v1/balance", key)
                        .json()
                        .path("available_nanodollars")
                        .asLong())
                .isEqualTo(1_000_000_000L - charged);
    }

    @Test
    void streamsEveryTokenAsAnEventWithOneUsageChunkAndOneDone() {
        join((self, offer) -> self.answer(offer, "One", " \"two\"", "\n\tthree\\", " …é🙂", "\u0001"));
        TestNetwork.Answer answer =
                network.chat(key, TestNetwork.question(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(answer.headers().get("content-type")).startsWith("text/event-stream");
        List<String> events = answer.events();
        assertThat(answer.streamedText()).isEqualTo("One \"two\"\n\tthree\\ …é🙂\u0001");
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(events.stream().filter("[DONE]"::equals)).hasSize(1);
        JsonNode first = TestNetwork.JSON.readTree(events.getFirst());
        assertThat(first.path("choices").path(0).path("delta").path("role").asString())
                .isEqualTo("assistant");
        assertThat(first.path("usage").isNull()).isTrue();
        JsonNode usage = TestNetwork.JSON.readTree(events.get(events.size() - 2));
        assertThat(usage.path("choices").isEmpty()).isTrue();
        assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(5);
        JsonNode last = TestNetwork.JSON.readTree(events.get(events.size() - 3));
        assertThat(last.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
    }

    @Test
    void aHostThatVanishesBeforeItsFirstTokenIsReplaced() {
        CountDownLatch vanished = new CountDownLatch(1);
        ScriptedHost first = join((self, offer) -> {
            vanished.countDown();
            self.vanish();
        });
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(503);
        assertThat(vanished.getCount()).isZero();

        CountDownLatch again = new CountDownLatch(1);
        ScriptedHost.join(network.client, network.url(), first.identity, ScriptedHost.model(768, 4), (self, offer) -> {
            again.countDown();
            self.vanish();
        });
        join((self, offer) -> {
            // Let the other host fail first whenever it was asked.
            self.answer(offer, "fine");
        });
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("fine");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobFailure.class,
            names = {"BUSY", "MODEL_NOT_LOADED", "ENGINE_LOST", "HOST_PAUSED", "INTERNAL"})
    void aHostThatCannotIsReplacedByOneThatCan(JobFailure code) {
        ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.fast(),
                (self, offer) -> self.fail(offer, code));
        join((self, offer) -> self.answer(offer, "fine"));
        for (int i = 0; i < 3; i++) {
            assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("fine");
        }
    }

    @Test
    void continuesOnAnotherHostWithoutRepeatingAToken() throws Exception {
        String[] words = {"a", " b", " c", " d", " e", " f"};
        ScriptedHost dying = ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.fast(), (self, offer) -> {
                    self.started(offer, 10);
                    for (int i = 0; i < 3; i++) self.tokens(offer, i, words[i]);
                });
        ScriptedHost heir = join((self, offer) -> self.answer(offer, words));
        try (Response response = network.client
                .newCall(network.chatRequest(
                        key, TestNetwork.question(",\"stream\":true,\"stream_options\":{\"include_usage\":true}")))
                .execute()) {
            InputStream body = response.body().byteStream();
            StringBuilder sofar = new StringBuilder(readUntil(body, "\" c\""));
            dying.vanish();
            sofar.append(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            TestNetwork.Answer answer = new TestNetwork.Answer(200, response.headers(), sofar.toString());
            assertThat(answer.streamedText()).isEqualTo("a b c d e f");
            assertThat(answer.events().stream().filter("[DONE]"::equals)).hasSize(1);
            JsonNode usage = TestNetwork.JSON.readTree(
                    answer.events().get(answer.events().size() - 2));
            assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(6);
            assertThat(usage.path("usage").path("prompt_tokens").asInt()).isEqualTo(10);
        }
        Receipt receipt = heir.awaitReceipt();
        assertThat(receipt.completionTokens()).isEqualTo(3);
        assertThat(receipt.promptTokens()).isZero();
        assertThat(receipt.segment()).isEqualTo(1);
        assertThat(network.posted(AccountId.ofHost(heir.identity.hostId()).value()))
                .isEqualTo(3 * 1500 * 95 / 100);
        assertThat(network.posted(AccountId.ofHost(dying.identity.hostId()).value()))
                .isEqualTo((10 * 500 + 3 * 1500) * 95 / 100);
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - 10 * 500 - 6 * 1500);
    }

    @Test
    void anAnswerThatNobodyCanContinueEndsWithAnErrorEventAndOnlyDeliveredTokensAreCharged() throws Exception {
        ScriptedHost dying = join((self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
        });
        try (Response response = network.client
                .newCall(network.chatRequest(key, TestNetwork.question(",\"stream\":true")))
                .execute()) {
            InputStream body = response.body().byteStream();
            readUntil(body, "\"a\"");
            dying.vanish();
            String rest = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest).contains("event: error").contains("\"error\"").doesNotContain("[DONE]");
        }
        await().untilAsserted(
                        () -> assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - 10 * 500 - 1500));
    }

    @Test
    void aConsumerThatLeavesCancelsTheJobAndPaysForWhatItGot() throws Exception {
        BlockingQueue<FromOrchestrator.JobOffer> offers = new ArrayBlockingQueue<>(1);
        ScriptedHost host = join((self, offer) -> {
            offers.add(offer);
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
        });
        Response response = network.client
                .newCall(network.chatRequest(key, TestNetwork.question(",\"stream\":true")))
                .execute();
        readUntil(response.body().byteStream(), "\"a\"");
        long left = System.nanoTime();
        response.close();
        FromOrchestrator.JobOffer offer = offers.poll(20, TimeUnit.SECONDS);
        await().until(() -> host.received.stream()
                .anyMatch(message ->
                        message instanceof FromOrchestrator.CancelJob cancel && cancel.stream() == offer.stream()));
        assertThat(System.nanoTime() - left).isLessThan(1_000_000_000L);
        await().untilAsserted(
                        () -> assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - 10 * 500 - 1500));
        assertThat(host.awaitReceipt().completionTokens()).isEqualTo(1);
        assertThat(network.get("/hosts", key)
                        .json()
                        .at("/data/0/models/0/free_slots")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void aHostEarnsNothingFromALie() throws Exception {
        ScriptedHost liar = join((self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            self.tokens(offer, 1, "b");
            // Two tokens delivered, a hundred thousand claimed and signed for.
            self.finish(offer, 100_000, "00".repeat(32));
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.json().path("usage").path("completion_tokens").asInt())
                .isEqualTo(2);
        Receipt receipt = liar.awaitReceipt();
        assertThat(receipt.completionTokens()).isEqualTo(2);
        assertThat(receipt.hostSignature()).isEmpty();
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).holds()).isTrue();
        await().untilAsserted(() -> assertThat(network.get("/hosts", key)
                        .json()
                        .at("/data/0/models/0/score")
                        .asDouble(1))
                .isZero());
    }

    @Test
    void tokensThatCannotBeAreNotRelayed() {
        List<TokenFrame> impossible = List.of(
                new TokenFrame(0, 0, new int[] {1024}, AnswerChunk.plain(bytes("x"))), // beyond the vocabulary
                new TokenFrame(0, 0, new int[] {-1}, AnswerChunk.plain(bytes("x"))),
                new TokenFrame(0, 5, new int[] {1}, AnswerChunk.plain(bytes("x"))), // a gap
                new TokenFrame(0, 0, new int[0], AnswerChunk.plain(bytes("free text"))),
                new TokenFrame(0, 0, new int[] {1}, AnswerChunk.plain(new byte[] {(byte) 0xE2, (byte) 0x82
                })), // half a character
                new TokenFrame(0, 0, new int[800], AnswerChunk.plain(bytes("x")))); // more than the context
        for (TokenFrame frame : impossible) {
            try (ScriptedHost liar = ScriptedHost.join(
                    network.client, network.url(), PeerIdentity.generate(), ScriptedHost.fast(), (self, offer) -> {
                        self.started(offer, 10);
                        self.send(new TokenFrame(offer.stream(), frame.position(), frame.tokens(), frame.chunk()));
                    })) {
                long begun = System.nanoTime();
                TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
                assertThat(answer.status()).as(frame.toString()).isEqualTo(503);
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as("the frame itself was refused, not the silence after it")
                        .isLessThan(TestNetwork.PATIENT.interactive().stall());
                assertThat(network.posted(
                                AccountId.ofHost(liar.identity.hostId()).value()))
                        .isZero();
            }
        }
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L);
    }

    @Test
    void textThatWasHeldBackMayFollowItsTokensOnce() {
        AtomicInteger releases = new AtomicInteger(1);
        join((self, offer) -> {
            self.started(offer, 10);
            self.send(new TokenFrame(offer.stream(), 0, new int[] {7}, AnswerChunk.plain(bytes("a"))));
            self.send(new TokenFrame(offer.stream(), 1, new int[] {8}, AnswerChunk.plain(new byte[0])));
            DeliveryHash hash = new DeliveryHash(offer.job(), offer.model());
            hash.add(new int[] {7}, bytes("a"), false);
            hash.add(new int[] {8}, new byte[0], false);
            for (int i = 0; i < releases.get(); i++) {
                self.send(new TokenFrame(offer.stream(), 2, new int[0], AnswerChunk.plain(bytes("\n"))));
                hash.add(new int[0], bytes("\n"), false);
            }
            self.finish(offer, 2, hash.hex());
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer.text()).isEqualTo("a\n");
        assertThat(answer.json().path("usage").path("completion_tokens").asInt())
                .isEqualTo(2);
        releases.set(2);
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("a\n");
        assertThat(network.get("/hosts", key)
                        .json()
                        .at("/data/0/models/0/score")
                        .asDouble(1))
                .isZero();
    }

    @Test
    void aPromptIsNotChargedAtMoreTokensThanItCanHave() {
        BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> counts700 = (self, offer) -> {
            self.started(offer, 700);
            self.tokens(offer, 0, "x");
            self.finish(offer, 1, "00".repeat(32));
        };
        ScriptedHost liar = join(counts700);
        assertThat(network.chat(key, TestNetwork.questionWithSystem("")).status())
                .isEqualTo(503);
        liar.close();
        join(counts700);
        assertThat(network.chat(key, TestNetwork.question("")).status())
                .as("a template may put in a system prompt of its own")
                .isEqualTo(200);
    }

    @Test
    void aPromptIsBelievedToHaveAsManyTokensAsItsCompatibilityForm() {
        join((self, offer) -> {
            self.started(offer, 700);
            self.tokens(offer, 0, "x");
            self.finish(offer, 1, "00".repeat(32));
        });
        // U+FDFA is one character of 3 bytes; the form that some tokenizers read is a sentence of 18 letters and
        // spaces, 33 bytes.
        String ligatures = TestNetwork.questionWithSystem("").replace("Hi", "\uFDFA".repeat(20));

        assertThat(network.chat(key, ligatures).status()).isEqualTo(200);
    }

    @Test
    void everyErrorHasItsStatusAndCode() {
        join((self, offer) -> self.answer(offer, "x"));
        assertThat(network.chat("pllm_wrong", TestNetwork.question(""))).satisfies(error(401, "invalid_api_key"));
        assertThat(network.chat("", TestNetwork.question(""))).satisfies(error(401, "invalid_api_key"));
        assertThat(network.chat(key, TestNetwork.question("").replace("sprout", "oak")))
                .satisfies(error(404, "model_not_found"));
        assertThat(network.chat(key, "{\"model\":")).satisfies(error(400, "invalid_json"));
        assertThat(network.chat(key, TestNetwork.question(",\"n\":9"))).satisfies(error(400, "invalid_value"));
        assertThat(network.chat(key, "x".repeat(20_000_000))).satisfies(error(413, "request_too_large"));
        assertThat(network.get("/v1/nothing", key)).satisfies(error(404, "not_found"));
        assertThat(network.get("/v1/chat/completions", key)).satisfies(error(405, "method_not_allowed"));
        assertThat(network.get("/v1/receipts/job_x", key)).satisfies(error(404, "receipt_not_found"));
        assertThat(network.get("/v1/models/oak", key)).satisfies(error(404, "model_not_found"));
        String longPrompt = TestNetwork.question("").replace("Hi", "word ".repeat(5000));
        long asked = System.nanoTime();
        assertThat(network.chat(key, longPrompt)).satisfies(error(400, "context_length_exceeded"));
        assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);
        String poor = network.consumer("bob", "0");
        assertThat(network.chat(poor, TestNetwork.question(""))).satisfies(error(402, "insufficient_balance"));
        assertThat(network.get("/v1/models", key).headers().get("x-request-id")).startsWith("req_");
    }

    @Test
    void a503SaysWhyEachHostCannot() {
        assertThat(network.chat(key, TestNetwork.question(""))).satisfies(error(503, "no_host"));
        ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.model(768, 0),
                (self, offer) -> {});
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer).satisfies(error(503, "no_host"));
        assertThat(answer.body()).contains("1 has no free slot");
        assertThat(answer.headers().get("retry-after")).isNotNull();
    }

    @Test
    void aPoorConsumerGetsTheAnswerThatItsBalanceCovers() {
        join((self, offer) -> {
            assertThat(offer.maxTokens()).isBetween(16, 400);
            self.answer(offer, "x");
        });
        String poor = network.consumer("bob", "0.000650");
        assertThat(network.chat(poor, TestNetwork.question("")).status()).isEqualTo(200);
        assertThat(network.chat(poor, TestNetwork.question(",\"max_tokens\":700")))
                .satisfies(error(402, "insufficient_balance"));
    }

    @Test
    void listsModelsByCatalogueNameOrByNameAndDigest() {
        join((self, offer) -> self.answer(offer, "x"));
        var other = new com.peerllm.shared.wire.AnnouncedModel(
                "My Model.gguf",
                new com.peerllm.shared.model.ModelDigest("cd".repeat(32)),
                5,
                "llama",
                "Q4_K_M",
                512,
                1024,
                1,
                0,
                0,
                0,
                List.of("chat"));
        ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                other,
                (self, offer) -> self.answer(offer, "other"));
        JsonNode models = network.get("/v1/models", key).json();
        assertThat(models.at("/data/0/id").asString()).isEqualTo("my-model@cdcdcdcdcdcd");
        assertThat(models.at("/data/1/id").asString()).isEqualTo(ScriptedHost.MODEL_ID);
        assertThat(network.chat(key, TestNetwork.question("").replace(ScriptedHost.MODEL_ID, "my-model@cdcdcdcdcdcd"))
                        .text())
                .isEqualTo("other");
        assertThat(network.chat(key, TestNetwork.question("").replace(ScriptedHost.MODEL_ID, "my-model"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyWhoProvesItsKeyGetsIn() {
        PeerIdentity honest = PeerIdentity.generate();
        PeerIdentity thief = PeerIdentity.generate();
        assertThat(knock(thief, (challenge, self) -> {
                            FromHost.Hello stolen = ScriptedHost.hello(challenge, self, List.of());
                            return new FromHost.Hello(
                                    1,
                                    "x",
                                    honest.publicKey(),
                                    stolen.signature(),
                                    stolen.sentAtMillis(),
                                    "",
                                    List.of());
                        })
                        .code())
                .isEqualTo(RefusalCode.BAD_SIGNATURE);
        assertThat(knock(honest, (challenge, self) -> {
                            FromHost.Hello hello = ScriptedHost.hello(challenge, self, List.of());
                            return new FromHost.Hello(
                                    0, "x", hello.key(), hello.signature(), hello.sentAtMillis(), "", List.of());
                        })
                        .code())
                .isEqualTo(RefusalCode.UPDATE_NEEDED);
        assertThat(knock(honest, (challenge, self) -> {
                            FromHost.Hello hello = ScriptedHost.hello(challenge, self, List.of());
                            return new FromHost.Hello(
                                    1,
                                    "x",
                                    hello.key(),
                                    hello.signature(),
                                    hello.sentAtMillis() - 3_600_000,
                                    "",
                                    List.of());
                        })
                        .code())
                .isEqualTo(RefusalCode.CLOCK_SKEW);
        assertThat(knock(honest, (challenge, self) -> new FromHost.Heartbeat(1, 0))
                        .code())
                .isEqualTo(RefusalCode.PROTOCOL_ERROR);
    }

    @Test
    void aSecondConnectionOfTheSameHostReplacesTheFirst() {
        PeerIdentity identity = PeerIdentity.generate();
        ScriptedHost older = ScriptedHost.join(
                network.client, network.url(), identity, ScriptedHost.model(768, 4), (self, offer) -> {});
        ScriptedHost.join(
                network.client,
                network.url(),
                identity,
                ScriptedHost.model(768, 4),
                (self, offer) -> self.answer(offer, "newer"));
        assertThat(older.awaitRefusal().code()).isEqualTo(RefusalCode.REPLACED);
        assertThat(network.get("/hosts", key).json().path("total").asInt()).isEqualTo(1);
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("newer");
    }

    @Test
    void aBlockedHostIsToldWhy() {
        ScriptedHost host = join((self, offer) -> {});
        host.close();
        network.admin(new AdminCommand.BlockHost(host.identity.hostId(), "It cheated."));
        FromOrchestrator.Refused refused =
                knock(host.identity, (challenge, self) -> ScriptedHost.hello(challenge, self, List.of()));
        assertThat(refused.code()).isEqualTo(RefusalCode.NOT_ADMITTED);
        assertThat(refused.message()).isEqualTo("It cheated.");
    }

    @Test
    void blockingAHostEndsItsConnection() {
        ScriptedHost host = join((self, offer) -> {});
        network.admin(new AdminCommand.BlockHost(host.identity.hostId(), "It cheated."));
        assertThat(host.awaitRefusal().message()).isEqualTo("It cheated.");
        assertThat(network.get("/hosts", key).json().path("total").asInt()).isZero();
    }

    @Test
    void aFaultOutlivesTheConnectionItWasMadeOn() {
        PeerIdentity identity = PeerIdentity.generate();
        for (int i = 0; i < 2; i++) {
            ScriptedHost.join(
                    network.client,
                    network.url(),
                    identity,
                    ScriptedHost.model(768, 4),
                    (self, offer) -> self.vanish());
            assertThat(network.chat(key, TestNetwork.question(""))).satisfies(error(503, "hosts_failed"));
        }
        ScriptedHost.join(network.client, network.url(), identity, ScriptedHost.model(768, 4), (self, offer) -> {});
        // A host of which nothing is known has 0.0025.
        assertThat(network.get("/hosts", key)
                        .json()
                        .at("/data/0/models/0/score")
                        .asDouble())
                .isEqualTo(0.0003);
    }

    @Test
    void anAnswerInOnePieceThatBreaksOffCostsNothing() {
        ScriptedHost dying = join((self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            self.fail(offer, JobFailure.ENGINE_LOST);
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));
        assertThat(answer).satisfies(error(503, "hosts_failed"));
        assertThat(answer.headers().get("x-should-retry")).isEqualTo("false");
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L);
        assertThat(network.posted(AccountId.ofHost(dying.identity.hostId()).value()))
                .isZero();
    }

    @Test
    void aTemplateThatRefusesIsTheConsumersToMend() {
        join((self, offer) -> self.fail(offer, JobFailure.BAD_REQUEST));
        assertThat(network.chat(key, TestNetwork.question(""))).satisfies(error(400, "template_refused"));
    }

    @Test
    void aHostThatWasAwayWhenItWasPaidGetsItsReceiptWhenItIsBack() throws Exception {
        ScriptedHost dying = ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.fast(), (self, offer) -> {
                    self.started(offer, 10);
                    self.tokens(offer, 0, "a");
                    self.close();
                });
        join((self, offer) -> self.answer(offer, "a", " b"));
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("a b");
        await().until(() ->
                network.posted(AccountId.ofHost(dying.identity.hostId()).value()) > 0);
        ScriptedHost back = ScriptedHost.join(
                network.client, network.url(), dying.identity, ScriptedHost.model(768, 4), (self, offer) -> {});
        assertThat(back.awaitReceipt().completionTokens()).isEqualTo(1);
    }

    @Test
    void aHostLostAfterItsLastTextHasFinishedTheAnswer() {
        join((self, offer) -> {
            self.started(offer, 10);
            self.send(new TokenFrame(offer.stream(), 0, new int[] {7}, AnswerChunk.plain(bytes("a"))));
            self.send(new TokenFrame(offer.stream(), 1, new int[0], AnswerChunk.plain(bytes("\n"))));
            self.close();
        });
        join((self, offer) -> self.answer(offer, "a", "\n"));
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("a\n");
    }

    @Test
    void hostsLearnNothingOfWhoAsks() {
        join((self, offer) -> self.answer(offer, offer.cacheScope()));
        String scope = network.chat(key, TestNetwork.question("")).text();
        assertThat(scope).matches("[0-9a-f]{32}");
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo(scope);
        assertThat(network.chat(network.consumer("bob", "1.00"), TestNetwork.question(""))
                        .text())
                .isNotEqualTo(scope);
    }

    @Test
    void aHostCannotPutLinesIntoLogsOrLists() {
        for (String bad : List.of("two\nlines", "x".repeat(201))) {
            FromOrchestrator.Refused refused =
                    ScriptedHost.knockRaw(network.client, network.url(), bad).awaitRefusal();
            assertThat(refused.code()).isEqualTo(RefusalCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void heartbeatsAreConfirmedWithTheirNumber() {
        ScriptedHost host = join((self, offer) -> {});
        host.send(new FromHost.Heartbeat(41, 0));
        await().until(() -> host.received.contains(new FromOrchestrator.HeartbeatAck(41, true)));
    }

    @Test
    void whatIsNoMessageEndsTheConnectionAndNothingElse() {
        join((self, offer) -> self.answer(offer, "fine"));
        for (int i = 0; i < 3; i++) {
            ScriptedHost bad = ScriptedHost.knock(
                    network.client,
                    network.url(),
                    PeerIdentity.generate(),
                    (challenge, self) -> ScriptedHost.hello(challenge, self, List.of()));
            bad.awaitWelcome();
            switch (i) {
                case 0 -> bad.sendText("{\"type\":\"heartbeat\",\"sequence\":\"x\"}");
                case 1 -> bad.sendBytes(new byte[] {9, 9, 9});
                default -> bad.sendText("[".repeat(100_000));
            }
            assertThat(bad.awaitRefusal().code()).isEqualTo(RefusalCode.PROTOCOL_ERROR);
        }
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("fine");
    }

    @Test
    void noFileHoldsThePromptOrTheAnswer() throws IOException {
        join((self, offer) -> self.answer(offer, "canary-answer-5511"));
        String body = TestNetwork.question(",\"user\":\"u\"").replace("Hi", "canary-prompt-7733");
        assertThat(network.chat(key, body).text()).isEqualTo("canary-answer-5511");
        await().until(() -> network.posted("consumer:ann") < 1_000_000_000L);
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain("canary-prompt")
                        .doesNotContain("canary-answer");
            }
        }
    }

    private FromOrchestrator.Refused knock(PeerIdentity identity, ScriptedHost.Hello hello) {
        return ScriptedHost.knock(network.client, network.url(), identity, hello)
                .awaitRefusal();
    }

    private static org.assertj.core.api.ThrowingConsumer<TestNetwork.Answer> error(int status, String code) {
        return answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.json().path("error").path("message").asString()).endsWith(".");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String readUntil(InputStream body, String mark) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(mark) < 0) {
            int next = body.read();
            if (next < 0) throw new AssertionError("the stream ended before " + mark);
            read.append((char) next);
        }
        return read.toString();
    }
}
