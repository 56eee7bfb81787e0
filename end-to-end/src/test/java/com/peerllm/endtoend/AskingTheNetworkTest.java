package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.host.answering.Assistant;
import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.answering.PersonalAssistant;
import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.localapi.LocalApi;
import com.peerllm.host.localapi.LocalApiKey;
import com.peerllm.host.localapi.LocalApiState;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.EmbeddingInput;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A person without a model asks a real network, by the assistant of their program and through the endpoint of their computer. */
@ExtendWith(TestNetworks.class)
class AskingTheNetworkTest {
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("asking-", 0).factory();

    @TempDir
    Path folder;

    private final TestNetwork network;
    private final OkHttpClient http = new OkHttpClient();
    private Network asked;

    AskingTheNetworkTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @BeforeEach
    void open() {
        NetworkKey key = new NetworkKey(folder.resolve("network.key"));
        key.set(network.apiKey());
        String address = network.orchestrator().hostUrl();
        asked = new Network(http, () -> OrchestratorAddress.parse(address, false), key, InstantSource.system());
    }

    @AfterEach
    void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void theAssistantTellsPriceCostAndBalanceAsTheNetworkCountsThem() throws Exception {
        Assistant assistant =
                new PersonalAssistant(new NoModels(), asked, new Signal<>(HostSettings.DEFAULTS), THREADS);
        Credits before = assistant.balance().orElseThrow();
        String id = "network/" + network.model();
        assertThat(assistant.readNetwork()).anySatisfy(model -> {
            assertThat(model.id()).isEqualTo(id);
            assertThat(model.price()).isPresent();
        });

        Heard heard = new Heard();
        assistant.ask(new Assistant.Question(id, List.of(new Assistant.Message("user", Sprout.HELLO.prompt()))), heard);

        Assistant.Outcome outcome = heard.outcome.get(60, TimeUnit.SECONDS);
        assertThat(heard.text).isNotEmpty();
        assertThat(outcome.promptTokens()).isPositive();
        assertThat(outcome.completionTokens()).isPositive();
        Credits cost = outcome.cost().orElseThrow();
        assertThat(cost.nanoDollars()).isPositive();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(assistant.balance()).contains(before.minus(cost)));
    }

    @Test
    void theEndpointPassesAnswersOnInOnePieceAndAsAStream() throws Exception {
        int port = freePort();
        LocalApiSettings settings = new LocalApiSettings(true, port, false, LocalApiSettings.Mode.NETWORK);
        LocalApiKey key = new LocalApiKey(folder.resolve("local-api.key"), new SecureRandom());
        LocalApi api = new LocalApi(
                new NoModels(),
                asked,
                key,
                new Signal<>(HostSettings.DEFAULTS.edit().localApi(settings).done()),
                THREADS,
                InstantSource.system(),
                new SecureRandom());
        api.start();
        try (OpenAiClient program = new OpenAiClient("http://127.0.0.1:" + port, key.current())) {
            await().until(() -> api.state().get() instanceof LocalApiState.Listening);
            HttpAnswer whole =
                    program.post("/v1/chat/completions", """
                    {"model": "%s", "messages": [{"role": "user", "content": "%s"}], "temperature": 0}
                    """.formatted(network.model(), Sprout.HELLO.prompt()));
            assertThat(whole.json().at("/choices/0/message/content").asString()).isEqualTo(Sprout.HELLO.answer());
            assertThat(whole.json().at("/peerllm/price_nanodollars").asLong()).isPositive();
            StreamedAnswer streamed =
                    program.stream(network.request(Sprout.HELLO.prompt())).rest();
            assertThat(streamed.text()).isEqualTo(Sprout.HELLO.answer());
            assertThat(streamed.doneEvents()).isEqualTo(1);
        } finally {
            api.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static final class Heard implements Assistant.Listener {
        private final StringBuffer text = new StringBuffer();
        private final CompletableFuture<Assistant.Outcome> outcome = new CompletableFuture<>();

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void reasoning(String more) {
            text.append(more);
        }

        @Override
        public void done(Assistant.Outcome how) {
            outcome.complete(how);
        }

        @Override
        public void failed(String sentence) {
            outcome.completeExceptionally(new AssertionError(sentence));
        }
    }

    /** A computer without a model. */
    private static final class NoModels implements OwnModels {
        @Override
        public List<OwnModel> list() {
            return List.of();
        }

        @Override
        public Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener) {
            throw new AssertionError("There is no model here");
        }

        @Override
        public Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener) {
            throw new AssertionError("There is no model here");
        }
    }
}
