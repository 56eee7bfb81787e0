package com.peerllm.host.localapi;

import static com.peerllm.host.localapi.LocalApiTester.chat;
import static com.peerllm.host.localapi.LocalApiTester.json;
import static com.peerllm.host.localapi.LocalApiTester.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The endpoint of this computer with a real model, asked by real programs. */
@Timeout(120)
class LocalApiWithEngineTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HELLO =
            "Hello! I am Sprout, a very small model running on somebody's computer. What would you like to do?";
    private static final String GREEDY = "\"temperature\":0";

    @TempDir
    static Path folder;

    private static EngineModels models;
    private static LocalApiTester program;

    @BeforeAll
    static void open() {
        models = new EngineModels(folder);
        program = new LocalApiTester(folder, models, "ws://127.0.0.1:1");
    }

    @AfterAll
    static void close() {
        program.close();
        models.close();
    }

    @Test
    void theOfficialClientReadsModelsAnswersStreamsAndErrors() throws Exception {
        try (NodeProgram node = new NodeProgram(program.url("/v1"), program.key.current());
                NodeProgram other = new NodeProgram(program.url("/v1"), program.key.current())) {
            assertThat(node.call("models")).hasToString("[\"local/" + EngineModels.NAME + "\"]");
            JsonNode whole = node.call("chat", EngineModels.NAME, "Hello!");
            assertThat(whole.path("text").asString()).isEqualTo(HELLO);
            // Two programs at once.
            node.begin("stream", EngineModels.NAME, "Hello!");
            other.begin("stream", "local/" + EngineModels.NAME, "Hello!");
            for (JsonNode streamed : List.of(node.next(), other.next())) {
                assertThat(streamed.path("text").asString()).isEqualTo(HELLO);
                assertThat(streamed.path("pieces").asInt()).isGreaterThan(3);
                assertThat(streamed.path("promptTokens")).isEqualTo(whole.path("promptTokens"));
                assertThat(streamed.path("completionTokens")).isEqualTo(whole.path("completionTokens"));
            }
            JsonNode three = node.call("severalAnswers", EngineModels.NAME, "Hello!");
            assertThat(three.path("streamed")).hasSize(3).isEqualTo(three.path("whole"));
            assertThat(node.call("verdict", EngineModels.NAME, "Is it good?").asString())
                    .isIn("yes", "no");
            assertThat(node.call("logprobs", EngineModels.NAME, "Hello!").path("whole"))
                    .isNotEmpty();
            assertThat(node.call("chat", "missing", "Hello!").path("code").asString())
                    .isEqualTo("model_not_found");
            node.call("leave", EngineModels.NAME, "Hello!");
            await().until(() -> models.engine.freeSlots() == 2);
        }
    }

    @Test
    void countsThePromptAsTheTemplateMakesItOfTheMessages() {
        JsonNode chat = json(program.post(CHAT, chat(EngineModels.NAME, GREEDY + ",\"max_tokens\":4")));
        JsonNode plain = json(program.post(
                "/v1/completions",
                "{\"model\":\"" + EngineModels.NAME + "\",\"prompt\":\"Hello\",\"temperature\":0,\"max_tokens\":4}"));

        assertThat(chat.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(chat.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(chat.at("/usage/prompt_tokens").asInt())
                .isGreaterThan(plain.at("/usage/prompt_tokens").asInt());
        assertThat(plain.at("/choices/0/text").asString()).isNotEmpty();
    }

    @Test
    void aPromptLongerThanTheContextIsRefusedBeforeTheStreamBegins() {
        Response response =
                program.post(CHAT, chat(EngineModels.NAME, "\"stream\":true").replace("Hello", "owl ".repeat(2_000)));

        assertThat(response.code()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asString()).isEqualTo("context_length_exceeded");
    }

    @Test
    void aKilledEngineEndsTheStreamWithAnErrorAndTheNextAnswerIsWhole() throws Exception {
        // Eight answers without an end, each as long as the context: they are not done before the kill.
        String endless = "\"stream\":true,\"n\":8,\"logit_bias\":{\"" + models.endOfAnswer() + "\":-100}";
        Response response = program.post(CHAT, chat(EngineModels.NAME, endless));
        try (response) {
            BufferedSource source = response.body().source();
            assertThat(source.readUtf8Line()).startsWith("data: ");
            ProcessHandle.of(models.engine.workerPid().orElseThrow())
                    .orElseThrow()
                    .destroyForcibly();
            String rest = source.readUtf8();
            assertThat(rest)
                    .contains("event: error", "\"code\":\"engine_lost\"")
                    .doesNotContain("[DONE]");
        }
        models.awaitReady();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text(program.post(CHAT, chat(EngineModels.NAME, GREEDY))))
                        .contains("Hi there! How can I help you today?"));
    }
}
