package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several answers to one prompt: {@code n} above 1, over real sockets. */
@Timeout(60)
class ChoicesTest {
    private static final String STREAM = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    private static final long START = 1_000_000_000L;
    private static final long PROMPT = 10 * 500;
    private static final long TOKEN = 1500;

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

    private ScriptedHost join(AnnouncedModel model, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
    }

    /** The seed tells which choice an offer is for. */
    private static int choice(FromOrchestrator.JobOffer offer) {
        return (int) (offer.sampling().seed().getAsLong() - 5);
    }

    private static String[] words(int choice) {
        return new String[] {"a" + choice, " b" + choice, " c" + choice};
    }

    @Test
    void answersEachChoiceWithItsOwnSeedAndChargesThePromptOnce() throws Exception {
        ScriptedHost host = join(ScriptedHost.model(768, 4), (self, offer) -> self.answer(offer, words(choice(offer))));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":3,\"seed\":5"));
        JsonNode choices = answer.json().path("choices");
        assertThat(choices).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(choices.path(i).path("index").asInt()).isEqualTo(i);
            assertThat(choices.path(i).at("/message/content").asString()).isEqualTo(String.join("", words(i)));
        }
        JsonNode usage = answer.json().path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(10);
        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(9);
        assertThat(answer.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(PROMPT + 9 * TOKEN);
        assertThat(answer.json().at("/peerllm/hosts")).hasSize(1);
        int promptTokens = 0;
        for (int i = 0; i < 3; i++) {
            var receipt = host.awaitReceipt();
            assertThat(receipt.hostSignature()).isPresent();
            assertThat(receipt.completionTokens()).isEqualTo(3);
            promptTokens += receipt.promptTokens();
        }
        assertThat(promptTokens).isEqualTo(10);
        assertThat(network.posted("consumer:ann")).isEqualTo(START - PROMPT - 9 * TOKEN);
    }

    @Test
    void streamsTheChoicesInBetweenEachOtherWithOneUsageChunkAndOneDone() {
        Queue<FromOrchestrator.JobOffer> offers = new ConcurrentLinkedQueue<>();
        join(ScriptedHost.model(768, 4), (self, offer) -> {
            offers.add(offer);
            self.started(offer, 10);
            if (offers.size() < 2) return;
            for (int i = 0; i < 3; i++) for (var each : offers) self.tokens(each, i, words(choice(each))[i]);
            for (var each : offers) self.finish(each, 3, "00".repeat(32));
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":2,\"seed\":5" + STREAM));
        assertThat(answer.streamed(0, "content")).isEqualTo("a0 b0 c0");
        assertThat(answer.streamed(1, "content")).isEqualTo("a1 b1 c1");
        assertThat(answer.deltas(1).getFirst().path("role").asString()).isEqualTo("assistant");
        List<JsonNode> chunks = answer.chunks();
        assertThat(chunks.stream()
                        .filter(chunk -> chunk.at("/choices/0/finish_reason").isString()))
                .extracting(chunk -> chunk.at("/choices/0/index").asInt())
                .containsExactlyInAnyOrder(0, 1);
        assertThat(chunks.stream().filter(chunk -> chunk.has("peerllm"))).hasSize(1);
        assertThat(chunks.stream().filter(chunk -> chunk.path("usage").isObject()))
                .containsExactly(chunks.getLast());
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(answer.events().stream().filter("[DONE]"::equals)).hasSize(1);
        int secondBegins = answer.body().indexOf("a1");
        assertThat(secondBegins).isBetween(0, answer.body().indexOf(" c0"));
    }

    @Test
    void allChoicesGoOnElsewhereWhenTheirHostIsLost() {
        AtomicInteger offers = new AtomicInteger();
        ScriptedHost dying = join(ScriptedHost.fast(), (self, offer) -> {
            self.started(offer, 10);
            for (int i = 0; i <= choice(offer) % 3; i++) self.tokens(offer, i, words(choice(offer))[i]);
            if (offers.incrementAndGet() == 4) self.close();
        });
        ScriptedHost heir = join(ScriptedHost.model(768, 4), (self, offer) -> self.answer(offer, words(choice(offer))));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":4,\"seed\":5" + STREAM));
        for (int i = 0; i < 4; i++) assertThat(answer.streamed(i, "content")).isEqualTo(String.join("", words(i)));
        assertThat(offers).as("siblings go to the same host").hasValue(4);
        await().untilAsserted(() -> assertThat(network.posted("consumer:ann")).isEqualTo(START - PROMPT - 12 * TOKEN));
        // The lost host delivered 1 + 2 + 3 + 1 tokens, and its were the first.
        assertThat(network.posted(AccountId.ofHost(dying.identity.hostId()).value()))
                .isEqualTo((PROMPT + 7 * TOKEN) * 95 / 100);
        assertThat(network.posted(AccountId.ofHost(heir.identity.hostId()).value()))
                .isEqualTo(5 * TOKEN * 95 / 100);
    }

    @Test
    void siblingsGoToOneHostBecauseItHasTheirPromptComputed() {
        Queue<ScriptedHost> asked = new ConcurrentLinkedQueue<>();
        for (int host = 0; host < 3; host++) {
            join(ScriptedHost.model(768, 8), (self, offer) -> {
                asked.add(self);
                self.answer(offer, words(0));
            });
        }
        assertThat(network.chat(key, TestNetwork.question(",\"n\":6")).status()).isEqualTo(200);
        assertThat(asked).hasSize(6).containsOnly(asked.peek());
    }

    @Test
    void choicesWaitForTheirSiblingsWhenThereAreFewSlots() {
        join(ScriptedHost.model(768, 2), (self, offer) -> self.answer(offer, words(choice(offer))));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":8,\"seed\":5"));
        assertThat(answer.json().path("choices")).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(answer.json().at("/choices/" + i + "/message/content").asString())
                    .isEqualTo(String.join("", words(i)));
        }
        assertThat(network.get("/hosts", key)
                        .json()
                        .at("/data/0/models/0/free_slots")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aChoiceThatCannotBeHadEndsTheStreamAndWhatWasDeliveredIsPaid() {
        ScriptedHost host = join(ScriptedHost.model(768, 4), (self, offer) -> {
            if (choice(offer) == 1) {
                self.fail(offer, JobFailure.ENGINE_LOST);
            } else {
                self.started(offer, 10);
                self.tokens(offer, 0, "a");
            }
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":2,\"seed\":5" + STREAM));
        assertThat(answer.body()).contains("event: error", "hosts_failed").doesNotContain("[DONE]");
        await().until(() -> host.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
        await().untilAsserted(() -> assertThat(network.posted("consumer:ann")).isEqualTo(START - PROMPT - TOKEN));
    }

    @Test
    void aChoiceThatCannotBeHadFailsAnAnswerInOnePieceWhichThenCostsNothing() {
        join(ScriptedHost.model(768, 4), (self, offer) -> {
            if (choice(offer) == 1) {
                self.fail(offer, JobFailure.ENGINE_LOST);
            } else {
                self.answer(offer, words(0));
            }
        });
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(",\"n\":2,\"seed\":5"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("hosts_failed");
        assertThat(network.posted("consumer:ann")).isEqualTo(START);
    }

    @Test
    void aConsumerThatLeavesCancelsEveryChoice() throws Exception {
        ScriptedHost host = join(ScriptedHost.model(768, 4), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a" + choice(offer));
        });
        Response response = network.client
                .newCall(network.chatRequest(key, TestNetwork.question(",\"n\":3,\"seed\":5" + STREAM)))
                .execute();
        InputStream body = response.body().byteStream();
        StringBuilder read = new StringBuilder();
        while (!(read.indexOf("a0") >= 0 && read.indexOf("a1") >= 0 && read.indexOf("a2") >= 0)) {
            read.append(new String(new byte[] {(byte) body.read()}, StandardCharsets.UTF_8));
        }
        response.close();
        await().until(() -> host.received.stream()
                        .filter(FromOrchestrator.CancelJob.class::isInstance)
                        .count()
                == 3);
        await().untilAsserted(() -> assertThat(network.posted("consumer:ann")).isEqualTo(START - PROMPT - 3 * TOKEN));
    }

    @Test
    void moneyForAllChoicesIsSetAside() {
        join(ScriptedHost.model(768, 4), (self, offer) -> self.answer(offer, "x"));
        // 200 tokens at $1.50 a million are $0.0003; the prompt of "Hi" has at most 768 tokens, $0.000384.
        String poor = network.consumer("bob", "0.001400");
        assertThat(network.chat(poor, TestNetwork.question(",\"n\":3,\"max_tokens\":200"))
                        .status())
                .isEqualTo(200);
        await().until(() ->
                network.get("/v1/balance", poor).json().path("held_nanodollars").asLong() == 0);
        assertThat(network.chat(poor, TestNetwork.question(",\"n\":4,\"max_tokens\":200"))
                        .code())
                .isEqualTo("insufficient_balance");
        assertThat(network.chat(poor, TestNetwork.question(",\"n\":4")).status())
                .as("without a limit, what the balance covers")
                .isEqualTo(200);
    }
}
