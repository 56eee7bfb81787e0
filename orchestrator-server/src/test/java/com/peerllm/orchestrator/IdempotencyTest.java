package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.TestNetwork.Answer;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromOrchestrator.CancelJob;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.JobFailure;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The header {@code Idempotency-Key}: what a consumer named is charged once. */
class IdempotencyTest {
    /** Of the answer {@code one two}: 10 prompt tokens and 2 more. */
    private static final long PRICE = 8_000;

    private final BlockingQueue<JobOffer> offers = new LinkedBlockingQueue<>();

    @TempDir
    Path data;

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1");
    }

    @AfterEach
    void stop() {
        network.closeWhenAllIsPaid();
    }

    private ScriptedHost host(BiConsumer<ScriptedHost, JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), (self, offer) -> {
            offers.add(offer);
            work.accept(self, offer);
        });
    }

    private ScriptedHost honest() {
        return host((self, offer) -> self.answer(offer, "one", " two"));
    }

    private Request named(String name, String body) {
        return named("/v1/chat/completions", key, name, body);
    }

    private Request named(String path, String by, String name, String body) {
        return network.request(path, by, body)
                .newBuilder()
                .header("Idempotency-Key", name)
                .build();
    }

    private Answer ask(String name, String extras) {
        return network.send(named(name, TestNetwork.question(extras)));
    }

    private void assertSpent(long nanoDollars) {
        await().untilAsserted(() -> assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000 - nanoDollars));
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndIsChargedOnce() {
        try (ScriptedHost _ = honest()) {
            Answer first = ask("order-7", "");
            Answer again = ask("order-7", "");

            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(first.headers().get("idempotent-replayed")).isNull();
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().get("idempotent-replayed")).isEqualTo("true");
            assertThat(again.headers().get("x-peerllm-receipt"))
                    .isEqualTo(first.headers().get("x-peerllm-receipt"));
            assertThat(offers).hasSize(1);
            assertSpent(PRICE);
        }
    }

    @Test
    void anotherRequestWithTheSameNameIsRefused() {
        try (ScriptedHost _ = honest()) {
            ask("order-7", "");
            Answer other = ask("order-7", ",\"seed\":7");
            Answer elsewhere = network.send(named("/v1/completions", key, "order-7", TestNetwork.question("")));

            assertThat(other.status()).isEqualTo(422);
            assertThat(other.code()).isEqualTo("idempotency_mismatch");
            assertThat(elsewhere.code()).isEqualTo("idempotency_mismatch");
            assertSpent(PRICE);
        }
    }

    @Test
    void whileTheFirstRunsTheSecondIsToldToWait() throws Exception {
        try (ScriptedHost host = host((self, offer) -> {})) {
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> ask("order-7", ""));
            JobOffer offer = offers.poll(20, TimeUnit.SECONDS);
            Answer second = ask("order-7", "");

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.code()).isEqualTo("idempotency_in_progress");
            assertThat(second.headers().get("retry-after")).isEqualTo("1");
            host.answer(offer, "one", " two");
            assertThat(first.get(20, TimeUnit.SECONDS).text()).isEqualTo("one two");
            assertThat(ask("order-7", "").text()).isEqualTo("one two");
            assertSpent(PRICE);
        }
    }

    @Test
    void aStreamIsNotGivenTwiceAndNotChargedTwice() {
        try (ScriptedHost _ = honest()) {
            Answer first = ask("order-7", ",\"stream\":true");
            Answer again = ask("order-7", ",\"stream\":true");

            assertThat(first.streamedText()).isEqualTo("one two");
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.code()).isEqualTo("idempotency_key_used");
            assertThat(again.headers().get("x-should-retry")).isEqualTo("false");
            assertThat(again.headers().get("x-peerllm-receipt"))
                    .isEqualTo(first.headers().get("x-peerllm-receipt"));
            assertSpent(PRICE);
        }
    }

    @Test
    void aNameIsUsedAlsoAfterARestart() {
        String receipt;
        try (ScriptedHost _ = honest()) {
            receipt = ask("order-7", "").headers().get("x-peerllm-receipt");
            assertSpent(PRICE);
        }
        network.closeWhenAllIsPaid();
        network = new TestNetwork(data);
        try (ScriptedHost _ = honest()) {
            Answer again = ask("order-7", "");

            assertThat(again.code()).isEqualTo("idempotency_key_used");
            assertThat(again.headers().get("x-peerllm-receipt")).isEqualTo(receipt);
            assertThat(network.get("/v1/receipts/" + receipt, key).status()).isEqualTo(200);
            assertThat(ask("order-8", "").status()).isEqualTo(200);
            assertSpent(2 * PRICE);
        }
    }

    @Test
    void whatCostNothingMayBeAskedAgainAlsoAfterARestart() {
        assertThat(ask("order-7", "").code()).isEqualTo("no_host");
        try (ScriptedHost _ = host((self, offer) -> self.fail(offer, JobFailure.BAD_REQUEST))) {
            assertThat(ask("order-7", "").code()).isEqualTo("template_refused");
            assertThat(ask("order-7", ",\"seed\":7").code()).isEqualTo("template_refused");
        }
        network.closeWhenAllIsPaid();
        network = new TestNetwork(data);
        try (ScriptedHost _ = honest()) {
            assertThat(ask("order-7", "").text()).isEqualTo("one two");
            assertThat(offers.stream().map(JobOffer::job).distinct()).hasSize(3);
            assertSpent(PRICE);
        }
    }

    @Test
    void aConsumerThatLeftBeforeItsAnswerMayAskAgain() throws Exception {
        AtomicBoolean answers = new AtomicBoolean();
        try (ScriptedHost host = host((self, offer) -> {
            if (answers.get()) self.answer(offer, "one", " two");
        })) {
            Call call = network.client.newCall(named("order-7", TestNetwork.question("")));
            call.enqueue(new Callback() {
                @Override
                public void onFailure(Call any, java.io.IOException e) {}

                @Override
                public void onResponse(Call any, Response response) {
                    response.close();
                }
            });
            assertThat(offers.poll(20, TimeUnit.SECONDS)).isNotNull();
            call.cancel();
            await().until(() -> host.received.stream().anyMatch(CancelJob.class::isInstance));

            answers.set(true);
            assertThat(ask("order-7", "").text()).isEqualTo("one two");
            assertSpent(PRICE);
        }
    }

    @Test
    void twoAccountsMayUseTheSameName() {
        String other = network.consumer("bob", "1");
        try (ScriptedHost _ = honest()) {
            ask("order-7", "");
            Answer bobs = network.send(named("/v1/chat/completions", other, "order-7", TestNetwork.question("")));

            assertThat(bobs.headers().get("idempotent-replayed")).isNull();
            assertThat(offers).hasSize(2);
            assertSpent(PRICE);
        }
    }

    @Test
    void embeddingsAreReplayedToo() {
        try (ScriptedHost host = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                ScriptedHost.embedder(768),
                (self, offer) -> {})) {
            host.embeds = (self, offer) -> self.embed(offer, 3, EmbeddingVector.of(new float[] {0.6f, 0.8f}));
            String body = "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"input\":\"a\"}";
            Answer first = network.send(named("/v1/embeddings", key, "order-7", body));
            Answer again = network.send(named("/v1/embeddings", key, "order-7", body));

            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().get("idempotent-replayed")).isEqualTo("true");
        }
    }

    @Test
    void aNameIsVisibleAscii() {
        assertThat(ask("two words", "").code()).isEqualTo("invalid_value");
        assertThat(ask("x".repeat(256), "").code()).isEqualTo("invalid_value");
        assertThat(ask("x".repeat(255), "").code()).isEqualTo("no_host");
    }
}
