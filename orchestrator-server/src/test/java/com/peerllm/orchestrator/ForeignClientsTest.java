package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.clients.ClientFailure;
import com.peerllm.orchestrator.clients.ForeignClient;
import com.peerllm.orchestrator.clients.ForeignClient.Settings;
import com.peerllm.orchestrator.clients.Library;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Client libraries that others wrote, each against this endpoint: what it makes of answers, calls, forms, errors and retries. */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ForeignClientsTest {
    private static final String MODEL = ScriptedHost.MODEL_ID;

    @Parameter
    private Library library;

    private ForeignClient client;
    private TestNetwork network;
    private final List<ScriptedHost> hosts = new ArrayList<>();
    private int consumers;

    @BeforeParameterizedClassInvocation
    void start(Library library, @TempDir Path data) {
        client = library.open(Path.of(".."));
        network = new TestNetwork(data);
    }

    @AfterEach
    void hostsLeave() {
        hosts.forEach(ScriptedHost::close);
        hosts.clear();
        await().until(() -> network.get("/hosts", "").json().path("total").asInt() == 0);
    }

    @AfterParameterizedClassInvocation
    void theLedgerAddsUpAndNothingIsHeld() {
        client.close();
        network.closeWhenAllIsPaid();
    }

    @Test
    void listsTheModels() {
        assumeTrue(library != Library.AI_SDK, "the AI SDK has no list of models");
        join(ScriptedHost.able(4), (self, offer) -> {});

        assertThat(client.models(rich(0))).containsExactly(MODEL);
    }

    @Test
    void readsAnAnswerInOnePieceAndStreamedWithItsUsage() {
        join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "one", " and", " two"));

        ForeignClient.Answer whole = client.chat(rich(0), MODEL, "Hi");
        ForeignClient.Answer streamed = client.stream(rich(0), MODEL, "Hi");

        assertThat(whole).isEqualTo(new ForeignClient.Answer("one and two", 1, word("stop"), 10, 3));
        assertThat(streamed.text()).isEqualTo("one and two");
        assertThat(streamed.pieces()).isBetween(1, 3);
        assertThat(streamed.finishReason()).isEqualTo(word("stop"));
        assertThat(streamed.promptTokens()).isEqualTo(10);
        assertThat(streamed.completionTokens()).isEqualTo(3);
    }

    /** LangChain4j has finish reasons of its own. */
    private String word(String finishReason) {
        return library == Library.LANGCHAIN4J ? finishReason.toUpperCase(java.util.Locale.ROOT) : finishReason;
    }

    @Test
    void carriesOutCallsAndSendsTheirResultsBack() {
        join(ScriptedHost.able(4), ForeignClientsTest::callsTwiceThenTellsTheResults);

        assertThat(client.sums(rich(0), MODEL, "Add")).isEqualTo("3 and 7");
        assertThat(client.streamedSums(rich(0), MODEL, "Add")).isEqualTo("3 and 7");
    }

    @Test
    void asksForAFormAndReadsIt() {
        List<FromOrchestrator.JobOffer> offers = new ArrayList<>();
        join(ScriptedHost.able(4), (self, offer) -> {
            offers.add(offer);
            self.answer(offer, "{\"good\":", "\"yes\"}");
        });

        assertThat(client.verdict(rich(0), MODEL, "Good?")).isEqualTo("yes");
        assertThat(offers.getFirst().options().format()).isInstanceOf(ResponseFormat.JsonSchema.class);
    }

    @Test
    void readsVectors() {
        ScriptedHost host = join(ScriptedHost.embedder(512), (self, offer) -> {});
        host.embeds = (self, offer) -> self.embed(
                offer, 7, EmbeddingVector.of(new float[] {0.5f, -0.25f}), EmbeddingVector.of(new float[] {1, 0}));

        assertThat(client.embed(rich(0), MODEL, List.of("a", "b c")))
                .isEqualTo(List.of(List.of(0.5, -0.25), List.of(1.0, 0.0)));
    }

    @Test
    void hasItsOwnErrorForEachOfOurs() {
        Settings rich = rich(0);
        Settings stranger = new Settings(rich.baseUrl(), "pllm_wrong", 0);
        Settings poor = new Settings(rich.baseUrl(), network.consumer("poor", "0"), 0);
        assertFails(rich, MODEL, 503, "no_host");
        join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "x"));

        assertFails(stranger, MODEL, 401, "invalid_api_key");
        assertFails(poor, MODEL, 402, "insufficient_balance");
        assertFails(rich, "no-such-model", 404, "model_not_found");
    }

    @Test
    void hasAnErrorForTooManyRequests() {
        Settings hurried = hurried(1, 0);
        join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "x"));
        client.chat(hurried, MODEL, "Hi");

        assertFails(hurried, MODEL, 429, "rate_limit_exceeded");
    }

    @Test
    void waitsUntilItsKeyMayAskAgain() {
        // One request every two seconds, once the minute's worth is used.
        Settings hurried = hurried(30, 2);
        join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "x"));
        for (int i = 0; i < 30; i++) network.get("/v1/models", hurried.apiKey());
        long asked = System.nanoTime();

        assertThat(client.chat(hurried, MODEL, "Hi").text()).isEqualTo("x");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
    }

    private void assertFails(Settings settings, String model, int status, String code) {
        for (BiConsumer<Settings, String> call : List.<BiConsumer<Settings, String>>of(
                (as, of) -> client.chat(as, of, "Hi"), (as, of) -> client.stream(as, of, "Hi"))) {
            ClientFailure failure = catchThrowableOfType(ClientFailure.class, () -> call.accept(settings, model));

            assertThat(failure).as(code).isNotNull();
            assertThat(failure.type()).as(failure.toString()).isEqualTo(className(status));
            assertThat(failure.status()).isEqualTo(status);
            if (library != Library.LANGCHAIN4J) assertThat(failure.code()).isEqualTo(code);
        }
    }

    private String className(int status) {
        List<String> names = switch (library) {
            case OPENAI_NPM ->
                List.of("AuthenticationError", "APIError", "NotFoundError", "RateLimitError", "InternalServerError");
            case AI_SDK ->
                List.of("AI_APICallError", "AI_APICallError", "AI_APICallError", "AI_APICallError", "AI_APICallError");
            case OPENAI_JAVA ->
                List.of(
                        "UnauthorizedException",
                        "UnexpectedStatusCodeException",
                        "NotFoundException",
                        "RateLimitException",
                        "InternalServerException");
            case LANGCHAIN4J ->
                List.of(
                        "AuthenticationException",
                        "InvalidRequestException",
                        "ModelNotFoundException",
                        "RateLimitException",
                        "InternalServerException");
        };
        return names.get(List.of(401, 402, 404, 429, 503).indexOf(status));
    }

    @Test
    void triesAgainWhenNoHostIsThereAndWaitsAsLongAsItIsTold() {
        Settings settings = rich(2);
        long asked = System.nanoTime();
        CompletableFuture<ForeignClient.Answer> answer =
                CompletableFuture.supplyAsync(() -> client.chat(settings, MODEL, "Hi"));
        await().during(Duration.ofMillis(700)).until(() -> !answer.isDone());
        join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "here", " now"));

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join().text()).isEqualTo("here now");
        // Left to themselves they would have come back after 0.5 s (LangChain4j: 1 s, whatever it is told; the AI SDK:
        // 2 s).
        Duration waited = Duration.ofNanos(System.nanoTime() - asked);
        assertThat(waited).isGreaterThan(Duration.ofMillis(library == Library.LANGCHAIN4J ? 700 : 1900));
    }

    @Test
    void doesNotTryAgainWhatOurOwnTriesCouldNotSave() {
        AtomicInteger offers = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            join(ScriptedHost.able(4), (self, offer) -> {
                offers.incrementAndGet();
                self.fail(offer, JobFailure.INTERNAL);
            });
        }
        ClientFailure failure = catchThrowableOfType(ClientFailure.class, () -> client.chat(rich(1), MODEL, "Hi"));

        assertThat(failure.status()).isEqualTo(503);
        // The AI SDK and LangChain4j do not know x-should-retry.
        int requests = library == Library.OPENAI_NPM || library == Library.OPENAI_JAVA ? 1 : 2;
        assertThat(offers).hasValueBetween(3 * requests - 2, 3 * requests);
    }

    @Test
    void learnsThatAStreamBrokeOff() {
        join(ScriptedHost.able(4), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            self.fail(offer, JobFailure.INTERNAL);
        });
        ClientFailure failure = catchThrowableOfType(ClientFailure.class, () -> client.stream(rich(0), MODEL, "Hi"));

        assertThat(failure).as("the answer was taken as whole").isNotNull();
        assertThat(failure).hasMessageContaining("tried all failed");
    }

    @Test
    void leavingAStreamEndsTheWorkAtTheHostAndOnlyWhatCameIsPaid() throws Exception {
        CountDownLatch offered = new CountDownLatch(1);
        ScriptedHost host = join(ScriptedHost.able(4), (self, offer) -> {
            self.started(offer, 10);
            self.tokens(offer, 0, "a");
            offered.countDown();
        });
        Settings settings = rich(0);
        client.leave(settings, MODEL, "Hi");
        long left = System.nanoTime();

        assertThat(offered.await(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> host.received.stream().anyMatch(each -> each instanceof FromOrchestrator.CancelJob));
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
        await().untilAsserted(() ->
                assertThat(network.posted("consumer:c" + consumers)).isEqualTo(1_000_000_000L - 10 * 500 - 1500));
    }

    private ScriptedHost join(AnnouncedModel model, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        ScriptedHost host = ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
        hosts.add(host);
        return host;
    }

    /** The same with a key for so many requests a minute. */
    private Settings hurried(int requestsPerMinute, int retries) {
        network.consumer("c" + ++consumers, "1.00");
        KeyTerms terms = new KeyTerms(
                Scope.OF_A_CONSUMER,
                Optional.empty(),
                OptionalInt.of(requestsPerMinute),
                OptionalInt.empty(),
                Optional.empty());
        String key = network.key("c" + consumers, terms);
        return new Settings(network.url() + "/v1", key, retries);
    }

    /** A new consumer with a dollar. */
    private Settings rich(int retries) {
        String key = network.consumer("c" + ++consumers, "1.00");
        return new Settings(network.url() + "/v1", key, retries);
    }

    private static void callsTwiceThenTellsTheResults(ScriptedHost self, FromOrchestrator.JobOffer offer) {
        List<String> results = offer.messages().stream()
                .filter(message -> message.role().equals("tool"))
                .map(message -> message.content())
                .toList();
        if (!results.isEmpty()) {
            self.answer(offer, results.getFirst(), " and ", results.getLast());
            return;
        }
        List<AnswerChunk> calls = List.of(
                chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":1,")),
                chunk(part(Channel.TOOL_ARGUMENTS, "\"b\":2}"), part(Channel.TOOL_CALL, "add")),
                chunk(part(Channel.TOOL_ARGUMENTS, "{\"a\":3,\"b\":4}")));
        self.answerChunks(offer, calls, "tool_calls");
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    private static AnswerChunk chunk(Part... parts) {
        return AnswerChunk.of(Arrays.asList(parts));
    }
}
