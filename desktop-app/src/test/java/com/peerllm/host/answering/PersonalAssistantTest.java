package com.peerllm.host.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.answering.Assistant.Answerer;
import com.peerllm.host.answering.Assistant.Message;
import com.peerllm.host.answering.Assistant.Outcome;
import com.peerllm.host.answering.Assistant.Place;
import com.peerllm.host.answering.Assistant.Question;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The person's assistant: own models by staged answers, the network by a real socket that speaks as the orchestrator does. */
@Timeout(60)
class PersonalAssistantTest {
    private static final String LIST = """
            {"object":"list","data":[
             {"id":"owl","object":"model","peerllm":{"sha256":"%s","features":["chat"],"prompt_nanodollars_per_million":500000000,
              "completion_nanodollars_per_million":1500000000}},
             {"id":"vectors","object":"model","peerllm":{"features":["embeddings"]}}]}""".formatted("ab".repeat(32));
    private static final String STREAM = """
            : queued 1 of 1

            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}],"usage":null}

            data: {"choices":[{"index":0,"delta":{"content":"Hoo"}}],"usage":null}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}],"usage":null,"peerllm":{"price_nanodollars":11000}}

            data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4}}

            data: [DONE]

            """;

    @TempDir
    Path folder;

    private final StagedModels models = new StagedModels();
    private final MockWebServer network = new MockWebServer();
    private final Signal<HostSettings> settings = new Signal<>(HostSettings.DEFAULTS);
    private final OkHttpClient http = new OkHttpClient();
    private NetworkKey key;
    private PersonalAssistant assistant;

    @BeforeEach
    void open() throws Exception {
        network.start();
        key = new NetworkKey(folder.resolve("network.key"));
        key.set("pllm_secret");
        Network there = new Network(
                http,
                () -> OrchestratorAddress.parse("ws://127.0.0.1:" + network.getPort(), false),
                key,
                InstantSource.system());
        assistant = new PersonalAssistant(
                models, there, settings, Thread.ofPlatform().daemon().factory());
    }

    @AfterEach
    void close() {
        network.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void tellsThoseOfThisComputerAtOnceAndThoseOfTheNetworkWithTheirPrice() throws Exception {
        assertThat(assistant.answerers()).extracting(Answerer::id).containsExactly("local/sprout");

        network.enqueue(ok(LIST));
        List<Answerer> read = assistant.readNetwork();

        assertThat(read).hasSize(1);
        assertThat(read.getFirst().price().orElseThrow().completionPerMillion()).isEqualTo(Credits.parseDollars("1.5"));
        assertThat(assistant.answerers()).extracting(Answerer::id).containsExactly("local/sprout", "network/owl");
        assertThat(network.takeRequest().getHeaders().get("authorization")).isEqualTo("Bearer pllm_secret");
        key.clear();
        assertThat(assistant.answerers()).extracting(Answerer::id).containsExactly("local/sprout");
    }

    @Test
    void answersByAModelOfThisComputer() throws Exception {
        Heard heard = ask("local/sprout");
        models.next()
                .started(12, 0)
                .parts(Channel.REASONING, "Hm.")
                .says("Hello")
                .ends(Finish.Reason.STOP);

        assertThat(heard.outcome()).isEqualTo(new Outcome("stop", 12, 2, Optional.empty()));
        assertThat(heard.said()).isEqualTo("LOCAL sprout asked|(Hm.)|Hello|");
    }

    @Test
    void answersByTheNetworkAndTellsWhatItCost() throws Exception {
        network.enqueue(stream(STREAM));

        Heard heard = ask("network/owl");

        assertThat(heard.outcome()).isEqualTo(new Outcome("length", 10, 4, Optional.of(new Credits(11_000))));
        assertThat(heard.said()).isEqualTo("NETWORK owl asked|(Hm.)|Hoo|");
        RecordedRequest asked = network.takeRequest();
        JsonNode body = JsonMapper.shared().readTree(asked.getBody().utf8());
        assertThat(body.path("model").asString()).isEqualTo("owl");
        assertThat(body.at("/messages/0/content").asString()).isEqualTo("Hello");
        assertThat(asked.getHeaders().get("authorization")).isEqualTo("Bearer pllm_secret");
    }

    @Test
    void saysInAClearSentenceWhyTheNetworkDoesNotAnswer() throws Exception {
        network.enqueue(error(401, "invalid_api_key", "No."));
        assertThat(ask("network/owl").failure()).startsWith("The network does not accept this computer's API key.");
        network.enqueue(error(402, "insufficient_balance", "The balance of $0.10 does not cover this request."));
        assertThat(ask("network/owl").failure())
                .isEqualTo(
                        "The account does not cover this answer. It says: The balance of $0.10 does not cover this request.");
        network.enqueue(error(429, "rate_limit", "Slow.")
                .newBuilder()
                .setHeader("retry-after", "7")
                .build());
        assertThat(ask("network/owl").failure())
                .isEqualTo("The network takes no more from this API key now. Try again in 7 s.");
        network.enqueue(stream("data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\nevent: error\ndata: "
                + "{\"error\":{\"message\":\"The hosts failed.\"}}\n\n"));
        assertThat(ask("network/owl").failure()).contains("It says: The hosts failed.");
        network.enqueue(stream("data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n"));
        assertThat(ask("network/owl").failure()).startsWith("The connection to the network ended before the answer");
        key.clear();
        assertThat(ask("network/owl").failure()).startsWith("There is no API key of the network on this computer.");
    }

    @Test
    void saysSoWhenNothingAnswers() throws Exception {
        int port = network.getPort();
        network.close();

        assertThat(ask("network/owl").failure()).startsWith("Nothing answers at ws://127.0.0.1:" + port);
        assertThatThrownBy(assistant::readNetwork).isInstanceOf(HostException.class);
    }

    @Test
    void automaticallyGoesToTheNetworkAndComesBackWhenItFailsBeforeTheFirstToken() throws Exception {
        automatic();
        models.models = List.of(StagedModels.model("sprout", 0));
        network.enqueue(ok(LIST));
        network.enqueue(error(503, "no_host", "No host."));

        Heard heard = ask("sprout");
        models.next().started(3, 0).says("Here").ends(Finish.Reason.STOP);

        assertThat(heard.outcome().cost()).isEmpty();
        assertThat(heard.said()).isEqualTo("NETWORK owl no_free_slot|LOCAL sprout network_failed|Here|");
    }

    @Test
    void doesNotBeginAnewWhenTheNetworkFailsInTheMiddle() throws Exception {
        automatic();
        models.models = List.of(StagedModels.model("sprout", 0));
        network.enqueue(ok(LIST));
        network.enqueue(stream("data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n"));

        assertThat(ask("sprout").failure()).startsWith("The connection to the network ended");
        assertThat(models.waiting()).isZero();
    }

    @Test
    void cancelEndsAnAnswerOfThisComputer() throws Exception {
        Heard heard = ask("local/sprout");
        StagedModels.Answer answer = models.next().started(12, 0).says("Hel");
        heard.answering.cancel();

        assertThat(heard.outcome()).isEqualTo(new Outcome("cancelled", 12, 1, Optional.empty()));
        assertThat(answer.isCancelled()).isTrue();
    }

    @Test
    void cancelClosesTheStreamOfTheNetwork() throws Exception {
        // The second half never comes.
        network.enqueue(new MockResponse.Builder()
                .code(200)
                .body("data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n" + ": more\n".repeat(1_000))
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build());
        Heard heard = ask("network/owl");
        heard.first.get(20, TimeUnit.SECONDS);
        heard.answering.cancel();

        assertThat(heard.outcome().reason()).isEqualTo("cancelled");
        heard.answering.cancel();
    }

    @Test
    void anEngineThatFailsIsToldInItsOwnSentence() throws Exception {
        Heard heard = ask("local/sprout");
        models.next().fails(EngineErrorCode.ENGINE_LOST);

        assertThat(heard.failure()).isEqualTo("The engine process ended. Try again.");
    }

    @Test
    void theBalanceCountsGiftsAndIsEmptyWithoutAKey() {
        network.enqueue(ok("{\"available_nanodollars\":5,\"held_nanodollars\":9,\"promo_available_nanodollars\":2}"));
        assertThat(assistant.balance()).contains(new Credits(7));
        key.clear();
        assertThat(assistant.balance()).isEmpty();
    }

    @Test
    void aKeyThatCanBeNoneIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> key.set("my secret key")).hasMessageNotContaining("secret");
        assertThat(key.get()).contains("pllm_secret");
    }

    private void automatic() {
        settings.set(HostSettings.DEFAULTS
                .edit()
                .localApi(new LocalApiSettings(false, null, false, Mode.AUTOMATIC))
                .done());
    }

    private Heard ask(String model) {
        Heard heard = new Heard();
        heard.answering = assistant.ask(new Question(model, List.of(new Message("user", "Hello"))), heard);
        return heard;
    }

    private static MockResponse ok(String json) {
        return new MockResponse.Builder().code(200).body(json).build();
    }

    private static MockResponse stream(String events) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("content-type", "text/event-stream")
                .chunkedBody(events, 64)
                .build();
    }

    private static MockResponse error(int status, String code, String message) {
        return new MockResponse.Builder()
                .code(status)
                .body("{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\"}}")
                .build();
    }

    /** What the person heard, in order. */
    private static final class Heard implements Assistant.Listener {
        private final StringBuilder said = new StringBuilder();
        private final CompletableFuture<Object> end = new CompletableFuture<>();
        private final CompletableFuture<Boolean> first = new CompletableFuture<>();
        private Assistant.Answering answering;

        @Override
        public void answeredBy(Place place, String model, String why) {
            said.append(place).append(' ').append(model).append(' ').append(why).append('|');
        }

        @Override
        public void text(String more) {
            said.append(more).append('|');
            first.complete(true);
        }

        @Override
        public void reasoning(String more) {
            said.append('(').append(more).append(")|");
        }

        @Override
        public void done(Outcome outcome) {
            assertThat(end.complete(outcome)).isTrue();
        }

        @Override
        public void failed(String sentence) {
            assertThat(end.complete(sentence)).isTrue();
        }

        Outcome outcome() throws Exception {
            return (Outcome) end.get(20, TimeUnit.SECONDS);
        }

        String failure() throws Exception {
            return (String) end.get(20, TimeUnit.SECONDS);
        }

        String said() {
            return said.toString();
        }
    }
}
