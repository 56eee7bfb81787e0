package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admission.QueueLimits;
import com.peerllm.orchestrator.jobs.Hedging;
import com.peerllm.orchestrator.jobs.JobLimits;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for a free slot, over real sockets: who is next, who may not wait, and every way out of the queue. */
@Timeout(120)
class QueueTest {
    private static final QueueLimits SMALL = new QueueLimits(1, 4, 4, 100, 1 << 20, 2, 1000, Duration.ofMillis(500));

    @TempDir
    private Path data;

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<FromOrchestrator.JobOffer> offers = new LinkedBlockingQueue<>();
    private TestNetwork network;
    private String ann;

    private void start(JobLimits limits) {
        network = new TestNetwork(data, new OkHttpClient(), Optional.empty(), limits);
        ann = network.consumer("ann", "1.00");
    }

    @AfterEach
    void stop() {
        background.shutdownNow();
        network.closeWhenAllIsPaid();
    }

    /** Takes jobs and does nothing with them until the test says so. */
    private ScriptedHost hostThatWaits(int slots) {
        return join(ScriptedHost.model(768, slots), (self, offer) -> offers.add(offer));
    }

    private ScriptedHost join(
            AnnouncedModel model, java.util.function.BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
    }

    private FromOrchestrator.JobOffer nextOffer() throws InterruptedException {
        FromOrchestrator.JobOffer offer = offers.poll(20, TimeUnit.SECONDS);
        assertThat(offer).as("an offer").isNotNull();
        return offer;
    }

    private CompletableFuture<TestNetwork.Answer> asks(String key, String extras) {
        return CompletableFuture.supplyAsync(() -> network.chat(key, TestNetwork.question(extras)), background);
    }

    private void awaitWaiting(int requests) {
        await().pollInterval(Duration.ofMillis(20)).until(() -> waiting() == requests);
    }

    private int waiting() {
        return network.get("/healthz", "").json().path("waiting").asInt();
    }

    private static String seed(int seed) {
        return ",\"seed\":" + seed;
    }

    private static int seed(FromOrchestrator.JobOffer offer) {
        return (int) offer.sampling().seed().getAsLong();
    }

    @Test
    void waitsUntilASlotIsFreeAndSaysHowLongThatTook() throws Exception {
        start(TestNetwork.PATIENT);
        ScriptedHost host = hostThatWaits(1);
        var first = asks(ann, "");
        FromOrchestrator.JobOffer running = nextOffer();
        var second = asks(ann, ",\"stream\":true");
        awaitWaiting(1);
        assertThat(network.get("/v1/balance", ann)
                        .json()
                        .path("held_nanodollars")
                        .asLong())
                .as("the money of both is set aside")
                .isGreaterThan(1_500_000);

        host.answer(running, "one");
        host.answer(nextOffer(), "two");

        assertThat(first.get().text()).isEqualTo("one");
        assertThat(first.get().headers().get("x-peerllm-queue-ms")).isEqualTo("0");
        assertThat(second.get().streamedText()).isEqualTo("two");
        assertThat(Long.parseLong(second.get().headers().get("x-peerllm-queue-ms")))
                .isPositive();
        assertThat(second.get().body()).doesNotContain(": queued");
        assertThat(waiting()).isZero();
    }

    @Test
    void oneConsumerWithManyRequestsDoesNotStarveAnotherWithOne() throws Exception {
        start(TestNetwork.PATIENT);
        String bob = network.consumer("bob", "1.00");
        ScriptedHost host = hostThatWaits(1);
        List<CompletableFuture<TestNetwork.Answer>> answers = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            answers.add(asks(ann, seed(i) + ",\"max_tokens\":16"));
            if (i == 1) await().until(() -> offers.size() == 1);
            awaitWaiting(i - 1);
        }
        for (int i = 1; i <= 3; i++) host.answer(nextOffer(), "x");
        answers.add(asks(bob, seed(99) + ",\"max_tokens\":16"));
        awaitWaiting(27);

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 28; i++) {
            FromOrchestrator.JobOffer offer = nextOffer();
            order.add(seed(offer));
            host.answer(offer, "x");
        }

        assertThat(order.indexOf(99))
                .as("among the first, after the one that was running")
                .isBetween(0, 3);
        order.remove((Integer) 99);
        assertThat(order).as("first come, first served").isSorted();
        for (var answer : answers) assertThat(answer.get().status()).isEqualTo(200);
    }

    @Test
    void anAccountGetsItsShareOfTheQueueAndTheModelsQueueIsBounded() throws Exception {
        start(TestNetwork.PATIENT.withPlaces(SMALL));
        String bob = network.consumer("bob", "1.00");
        ScriptedHost host = hostThatWaits(1);
        List<CompletableFuture<TestNetwork.Answer>> answers = new ArrayList<>();
        answers.add(asks(ann, ""));
        await().until(() -> offers.size() == 1);
        answers.add(asks(ann, ""));
        answers.add(asks(ann, ""));
        awaitWaiting(2);

        TestNetwork.Answer third = network.chat(ann, TestNetwork.question(""));
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.code()).isEqualTo("queue_full");
        assertThat(third.json().at("/error/message").asString()).startsWith("2 requests of this account wait");
        assertThat(Integer.parseInt(third.headers().get("retry-after"))).isBetween(1, 60);
        assertThat(Long.parseLong(third.headers().get("retry-after-ms"))).isBetween(1000L, 60_000L);

        answers.add(asks(bob, ""));
        answers.add(asks(bob, ""));
        awaitWaiting(4);
        TestNetwork.Answer another = network.chat(network.consumer("cat", "1.00"), TestNetwork.question(""));
        assertThat(another.status()).isEqualTo(503);
        assertThat(another.code()).isEqualTo("overloaded");
        assertThat(another.json().at("/error/message").asString()).startsWith("4 requests wait for");

        for (int i = 0; i < 5; i++) host.answer(nextOffer(), "x");
        for (var answer : answers) assertThat(answer.get().status()).isEqualTo(200);
    }

    @Test
    void thePromptsThatWaitAreBoundedInBytes() throws Exception {
        start(TestNetwork.PATIENT.withPlaces(
                new QueueLimits(8, 256, 4096, 1000, 8_000, 2, 1000, Duration.ofSeconds(10))));
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        var waits = asks(ann, "");
        awaitWaiting(1);
        String long2500 = TestNetwork.question("").replace("Hi", "x".repeat(3000));
        TestNetwork.Answer refused = network.chat(ann, long2500);
        assertThat(refused.code()).isEqualTo("queue_full");
        host.answer(first, "x");
        host.answer(nextOffer(), "x");
        assertThat(running.get().status()).isEqualTo(200);
        assertThat(waits.get().status()).isEqualTo(200);
    }

    @Test
    void whatNoTimeHealsIsRefusedInUnderASecondThoughOthersWait() throws Exception {
        start(TestNetwork.PATIENT);
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        var waits = asks(ann, "");
        awaitWaiting(1);

        long asked = System.nanoTime();
        TestNetwork.Answer answer = network.chat(ann, TestNetwork.question(",\"logprobs\":true"));
        assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("no_host");
        assertThat(answer.body()).contains("does not tell log probabilities");
        asked = System.nanoTime();
        assertThat(network.chat(ann, TestNetwork.question("").replace("Hi", "word ".repeat(3000)))
                        .code())
                .isEqualTo("context_length_exceeded");
        assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);

        host.answer(first, "x");
        host.answer(nextOffer(), "x");
        assertThat(running.get().status()).isEqualTo(200);
        assertThat(waits.get().status()).isEqualTo(200);
    }

    @Test
    void aWaitEndsAfterTheConsumersOwnPatienceAndSaysHowFarItCame() throws Exception {
        start(TestNetwork.PATIENT);
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        var ahead = asks(ann, "");
        awaitWaiting(1);

        TestNetwork.Answer impatient = network.chat(ann, TestNetwork.question(""), "x-peerllm-max-wait-ms", "700");
        assertThat(impatient.status()).isEqualTo(503);
        assertThat(impatient.code()).isEqualTo("queue_timeout");
        assertThat(impatient.json().at("/error/message").asString()).contains("number 2 of 2 that wait", "within");
        assertThat(impatient.headers().get("retry-after")).isNotNull();
        assertThat(network.chat(ann, TestNetwork.question(""), "x-peerllm-max-wait-ms", "soon")
                        .code())
                .isEqualTo("invalid_value");

        host.answer(first, "x");
        host.answer(nextOffer(), "x");
        assertThat(running.get().status()).isEqualTo(200);
        assertThat(ahead.get().status()).isEqualTo(200);
    }

    @Test
    void aStreamThatWaitsIsToldItsPlaceAndFailsInTheStream() throws Exception {
        start(TestNetwork.PATIENT.withPlaces(SMALL).withQueue(Duration.ofSeconds(3)));
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        TestNetwork.Answer waited = network.chat(ann, TestNetwork.question(",\"stream\":true"));
        assertThat(waited.status()).isEqualTo(200);
        assertThat(waited.body())
                .startsWith(": queued 1 of 1\n\n")
                .contains("event: error\ndata: {\"error\":")
                .contains("queue_timeout");
        host.answer(first, "x");
        assertThat(running.get().status()).isEqualTo(200);
    }

    @Test
    void aStreamThatWaitedIsWhatItWouldHaveBeenBesideItsComments() throws Exception {
        start(TestNetwork.PATIENT.withPlaces(SMALL));
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        Response response = network.client
                .newCall(network.chatRequest(ann, TestNetwork.question(",\"stream\":true")))
                .execute();
        assertThat(response.body().source().readUtf8Line()).isEqualTo(": queued 1 of 1");
        host.answer(first, "x");
        host.answer(nextOffer(), "a", " b");
        String rest = response.body().string();
        assertThat(rest)
                .contains("\"role\":\"assistant\"", "\"content\":\" b\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(running.get().status()).isEqualTo(200);
    }

    @Test
    void whoLeavesFreesItsPlaceAndItsMoneyAtOnce() throws Exception {
        start(TestNetwork.PATIENT.withPlaces(SMALL));
        ScriptedHost host = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        long held = held();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Call call = network.client.newCall(network.chatRequest(ann, TestNetwork.question("")));
            calls.add(call);
            background.execute(() -> {
                try {
                    call.execute().close();
                } catch (IOException e) {
                    // It was cancelled.
                }
            });
        }
        awaitWaiting(2);
        assertThat(held()).isGreaterThan(held);
        assertThat(network.chat(ann, TestNetwork.question("")).code()).isEqualTo("queue_full");

        calls.forEach(Call::cancel);
        awaitWaiting(0);
        assertThat(held()).isEqualTo(held);
        var next = asks(ann, "");
        awaitWaiting(1);
        host.answer(first, "x");
        host.answer(nextOffer(), "y");
        assertThat(next.get().text()).isEqualTo("y");
        assertThat(running.get().status()).isEqualTo(200);
        assertThat(offers).isEmpty();
    }

    private long held() {
        return network.get("/v1/balance", ann).json().path("held_nanodollars").asLong();
    }

    @Test
    void aHostThatJoinsOrAnnouncesMoreSlotsServesWhoWaits() throws Exception {
        start(TestNetwork.PATIENT);
        ScriptedHost host = hostThatWaits(1);
        List<CompletableFuture<TestNetwork.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) answers.add(asks(ann, ""));
        FromOrchestrator.JobOffer first = nextOffer();
        awaitWaiting(3);

        ScriptedHost second = join(ScriptedHost.model(768, 1), (self, offer) -> self.answer(offer, "second"));
        awaitWaiting(0);
        second.close();
        await().until(() -> network.get("/healthz", "").json().path("hosts").asInt() == 1);
        answers.add(asks(ann, ""));
        awaitWaiting(1);

        host.send(new FromHost.ModelsChanged(List.of(ScriptedHost.model(768, 2))));
        host.answer(nextOffer(), "more");
        host.answer(first, "first");
        for (var answer : answers) assertThat(answer.get().status()).isEqualTo(200);
    }

    @Test
    void aHostThatFailedSeveralTimesIsTriedAgainForWhoWaits() throws Exception {
        start(TestNetwork.PATIENT);
        List<Integer> asked = new ArrayList<>();
        ScriptedHost host = join(ScriptedHost.model(768, 1), (self, offer) -> {
            asked.add(0);
            if (asked.size() <= 3) {
                self.fail(offer, JobFailure.ENGINE_LOST);
            } else {
                self.answer(offer, "well again");
            }
        });
        for (int i = 0; i < 3; i++)
            assertThat(network.chat(ann, TestNetwork.question("")).code()).isEqualTo("hosts_failed");
        var waiting = asks(ann, "");
        await().atMost(Duration.ofSeconds(25))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    host.send(new FromHost.Heartbeat(1, 0));
                    return waiting.isDone();
                });
        TestNetwork.Answer waited = waiting.get();
        assertThat(waited.text()).isEqualTo("well again");
        assertThat(Long.parseLong(waited.headers().get("x-peerllm-queue-ms"))).isBetween(5_000L, 19_000L);
    }

    @Test
    void anAnswerThatHasBegunGoesOnBeforeOthersBegin() throws Exception {
        start(TestNetwork.PATIENT);
        ScriptedHost other = hostThatWaits(1);
        var running = asks(ann, "");
        FromOrchestrator.JobOffer first = nextOffer();
        ScriptedHost dying = join(ScriptedHost.model(768, 1), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            offers.add(offer);
        });
        var begun = asks(ann, seed(1) + ",\"stream\":true");
        nextOffer();
        var waits = asks(ann, seed(2));
        awaitWaiting(1);
        dying.vanish();
        awaitWaiting(2);

        other.answer(first, "x");
        FromOrchestrator.JobOffer next = nextOffer();
        assertThat(seed(next)).isEqualTo(1);
        assertThat(next.delivered()).hasSize(1);
        other.answer(next, "a", " b");
        other.answer(nextOffer(), "y");

        assertThat(begun.get().streamedText()).isEqualTo("a b");
        assertThat(running.get().text()).isEqualTo("x");
        assertThat(waits.get().text()).isEqualTo("y");
    }

    @Test
    void aChoiceWaitsForItsSiblingsHoweverLongTheyTake() throws Exception {
        start(TestNetwork.PATIENT.withQueue(Duration.ofMillis(300)));
        ScriptedHost host = hostThatWaits(1);
        var both = asks(ann, ",\"n\":2");
        FromOrchestrator.JobOffer first = nextOffer();
        awaitWaiting(1);
        assertThat(network.chat(ann, TestNetwork.question("")).code()).isEqualTo("queue_timeout");
        host.answer(first, "one");
        host.answer(nextOffer(), "two");
        assertThat(both.get().json().path("choices")).hasSize(2);
    }

    @Test
    void textsForVectorsWaitLikeChats() throws Exception {
        start(TestNetwork.PATIENT);
        BlockingQueue<FromOrchestrator.EmbeddingOffer> texts = new LinkedBlockingQueue<>();
        ScriptedHost host = join(ScriptedHost.embedder(512), (self, offer) -> {});
        host.embeds = (self, offer) -> texts.add(offer);
        String body = "{\"model\":\"" + ScriptedHost.MODEL_ID + "\",\"input\":\"Hi\"}";
        List<CompletableFuture<TestNetwork.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++)
            answers.add(CompletableFuture.supplyAsync(() -> network.embeddings(ann, body), background));
        awaitWaiting(1);
        for (int i = 0; i < 5; i++)
            host.embed(texts.poll(20, TimeUnit.SECONDS), 1, EmbeddingVector.of(new float[] {1, 0}));
        for (var answer : answers) assertThat(answer.get().status()).isEqualTo(200);
    }

    @Test
    void whoWaitsWhenTheOrchestratorStopsIsTold() throws Exception {
        start(TestNetwork.PATIENT);
        hostThatWaits(1);
        asks(ann, ",\"stream\":true");
        nextOffer();
        var waits = asks(ann, "");
        awaitWaiting(1);
        network.close();
        assertThat(waits.get().code()).isEqualTo("stopping");
        network = new TestNetwork(data);
        assertThat(held()).isZero();
    }

    /** The router takes the fast one first; it never says a word. */
    private ScriptedHost silentAndFast() {
        return join(ScriptedHost.fast(), (self, offer) -> offers.add(offer));
    }

    @Test
    void aSecondHostStartsWhenTheFirstTokenIsLateAndOnlyTheFasterIsPaid() throws Exception {
        start(TestNetwork.PATIENT.withHedging(new Hedging(true, Duration.ofMillis(300), 5)));
        ScriptedHost slow = silentAndFast();
        ScriptedHost quick = join(ScriptedHost.model(768, 4), (self, offer) -> self.answer(offer, "a", " b"));
        double before = scoreOf(slow);
        TestNetwork.Answer answer = network.chat(ann, TestNetwork.question(",\"stream\":true"));
        assertThat(answer.streamedText()).isEqualTo("a b");
        assertThat(answer.events().stream().filter("[DONE]"::equals)).hasSize(1);
        assertThat(answer.chunks().getLast().at("/peerllm/hosts/0").asString())
                .isEqualTo(quick.identity.hostId().pseudonym());
        await().until(() -> slow.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));

        // What it still sends is of no interest.
        slow.answer(nextOffer(), "c", " d");
        assertThat(quick.awaitReceipt().completionTokens()).isEqualTo(2);
        assertThat(slow.receipts).isEmpty();
        assertThat(scoreOf(slow)).as("being second is no fault").isEqualTo(before);
        for (var host : network.get("/hosts", ann).json().path("data")) {
            assertThat(host.at("/models/0/free_slots").asInt()).isEqualTo(4);
        }
    }

    private double scoreOf(ScriptedHost host) {
        for (var each : network.get("/hosts", ann).json().path("data")) {
            if (each.path("id").asString().equals(host.identity.hostId().value()))
                return each.at("/models/0/score").asDouble();
        }
        throw new AssertionError("no such host");
    }

    @Test
    void theFirstHostWinsWhenItsTokenComesFirstAfterAll() throws Exception {
        start(TestNetwork.PATIENT.withHedging(new Hedging(true, Duration.ofMillis(300), 5)));
        ScriptedHost first = silentAndFast();
        BlockingQueue<FromOrchestrator.JobOffer> toSecond = new LinkedBlockingQueue<>();
        ScriptedHost second = join(ScriptedHost.model(768, 4), (self, offer) -> toSecond.add(offer));
        var answer = asks(ann, ",\"stream\":true");
        FromOrchestrator.JobOffer offer = nextOffer();
        FromOrchestrator.JobOffer rival = toSecond.poll(20, TimeUnit.SECONDS);
        second.started(rival, 10);
        first.answer(offer, "first", " one");
        assertThat(answer.get().streamedText()).isEqualTo("first one");
        await().until(() -> second.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
    }

    @Test
    void theOtherHostGoesOnAloneWhenOneOfTheTwoIsLost() throws Exception {
        start(TestNetwork.PATIENT.withHedging(new Hedging(true, Duration.ofMillis(300), 5)));
        ScriptedHost first = silentAndFast();
        BlockingQueue<FromOrchestrator.JobOffer> toSecond = new LinkedBlockingQueue<>();
        ScriptedHost second = join(ScriptedHost.model(768, 4), (self, offer) -> toSecond.add(offer));
        var answer = asks(ann, ",\"stream\":true");
        nextOffer();
        FromOrchestrator.JobOffer rival = toSecond.poll(20, TimeUnit.SECONDS);
        first.vanish();
        await().until(() -> network.get("/healthz", "").json().path("hosts").asInt() == 1);
        second.answer(rival, "second");
        assertThat(answer.get().streamedText()).isEqualTo("second");
        assertThat(toSecond).isEmpty();
    }

    @Test
    void noSecondHostStartsWhereTheShareOfSecondTriesIsUsedUpOrSomebodyWaits() throws Exception {
        start(TestNetwork.PATIENT.withHedging(new Hedging(true, Duration.ofMillis(300), 0)));
        ScriptedHost slow = silentAndFast();
        BlockingQueue<FromOrchestrator.JobOffer> toSecond = new LinkedBlockingQueue<>();
        ScriptedHost second = join(ScriptedHost.model(768, 1), (self, offer) -> toSecond.add(offer));
        var hedged = asks(ann, ",\"stream\":true");
        FromOrchestrator.JobOffer offer = nextOffer();
        second.answer(toSecond.poll(20, TimeUnit.SECONDS), "x");
        assertThat(hedged.get().streamedText()).isEqualTo("x");

        var alone = asks(ann, ",\"stream\":true");
        FromOrchestrator.JobOffer next = nextOffer();
        assertThat(toSecond.poll(1500, TimeUnit.MILLISECONDS))
                .as("the first one took the only try")
                .isNull();
        slow.answer(next, "y");
        assertThat(alone.get().streamedText()).isEqualTo("y");
        assertThat(offer.job()).isNotEqualTo(next.job());
    }
}
