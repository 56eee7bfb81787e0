package com.peerllm.host.localapi;

import static com.peerllm.host.localapi.LocalApiTester.chat;
import static com.peerllm.host.localapi.LocalApiTester.events;
import static com.peerllm.host.localapi.LocalApiTester.json;
import static com.peerllm.host.localapi.LocalApiTester.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.StagedModels;
import com.peerllm.host.answering.StagedModels.Answer;
import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.EmbeddingVector;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What programs get from the endpoint of this computer, over real sockets. */
@Timeout(60)
class LocalApiTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    Path folder;

    private final StagedModels models = new StagedModels();
    private LocalApiTester program;

    @BeforeEach
    void open() {
        program = new LocalApiTester(folder, models, "ws://127.0.0.1:1");
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void listsTheModelsOfThisComputerUnderTheIdThatAlwaysMeansThem() {
        JsonNode list = json(program.get("/v1/models"));

        assertThat(list.at("/data/0/id").asString()).isEqualTo("local/sprout");
        assertThat(list.at("/data/0/peerllm/context_length").asInt()).isEqualTo(768);
        assertThat(list.at("/data/0/peerllm/features").toString())
                .contains("\"chat\"")
                .doesNotContain("audit");
        assertThat(json(program.get("/v1/models/sprout")).path("id").asString()).isEqualTo("local/sprout");
        assertThat(json(program.get("/v1/models/local%2Fsprout")).path("id").asString())
                .isEqualTo("local/sprout");
        assertThat(json(program.get("/v1/models/other")).at("/error/code").asString())
                .isEqualTo("model_not_found");
    }

    @Test
    void answersInOnePieceAndCountsThePromptAsTheModelGotIt() throws Exception {
        Future<JsonNode> answer = ask(CHAT, chat("sprout", "\"seed\":7,\"max_tokens\":5,\"stop\":null,\"top_p\":null"));
        Answer engine = models.next();
        engine.started(42, 40).says("Hello ", "\"you\"\n").ends(Finish.Reason.STOP);

        JsonNode whole = answer.get(20, TimeUnit.SECONDS);
        assertThat(engine.request.maxTokens()).isEqualTo(5);
        assertThat(engine.request.sampling().seed()).hasValue(7);
        assertThat(whole.path("object").asString()).isEqualTo("chat.completion");
        assertThat(whole.path("model").asString()).isEqualTo("local/sprout");
        assertThat(whole.at("/choices/0/message/content").asString()).isEqualTo("Hello \"you\"\n");
        assertThat(whole.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(whole.path("usage"))
                .hasToString("{\"prompt_tokens\":42,\"completion_tokens\":2,\"total_tokens\":44,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":40},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}");
        assertThat(whole.path("peerllm")).hasToString("{\"place\":\"local\",\"why\":\"setting\"}");
    }

    @Test
    void streamsEachStepAtOnceAndEndsWithOneDone() throws Exception {
        Future<Response> asked = async(() -> program.post(
                CHAT, chat("local/sprout", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
        Answer engine = models.next().started(9, 0).says("one");
        try (Response response = asked.get(20, TimeUnit.SECONDS)) {
            assertThat(response.header("content-type")).startsWith("text/event-stream");
            assertThat(response.header("x-peerllm-place")).isEqualTo("local");
            assertThat(response.header("x-peerllm-why")).isEqualTo("asked");
            BufferedSource source = response.body().source();
            assertThat(source.readUtf8Line()).contains("\"role\":\"assistant\"");
            source.readUtf8Line();
            // The second step is made only after the first one is here: nothing waits for the end.
            assertThat(source.readUtf8Line()).contains("\"delta\":{\"content\":\"one\"}");
            engine.says(" two").ends(Finish.Reason.LENGTH);
            List<String> rest = events(source.readUtf8());
            assertThat(rest.get(0)).contains(" two").contains("\"usage\":null");
            assertThat(rest.get(1)).contains("\"finish_reason\":\"length\"").contains("\"place\":\"local\"");
            assertThat(rest.get(2)).contains("\"choices\":[]").contains("\"completion_tokens\":2");
            assertThat(rest.subList(3, rest.size())).containsExactly("[DONE]");
        }
    }

    @Test
    void tellsThoughtsCallsAndLogProbabilitiesApart() throws Exception {
        String tool = "\"logprobs\":true,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\"}}]";
        Future<JsonNode> answer = ask(CHAT, chat("sprout", tool));
        models.next()
                .started(3, 0)
                .parts(Channel.REASONING, "Hm.", Channel.LOGPROBS, "[{\"token\":\"Hm.\",\"logprob\":-1}]")
                .parts(Channel.TOOL_CALL, "add", Channel.TOOL_ARGUMENTS, "{\"a\":")
                .parts(Channel.TOOL_ARGUMENTS, "1}", Channel.LOGPROBS, "[{\"token\":\"1}\",\"logprob\":-2}]")
                .ends(Finish.Reason.TOOL_CALLS);

        JsonNode whole = answer.get(20, TimeUnit.SECONDS);
        JsonNode choice = whole.at("/choices/0");
        assertThat(choice.at("/message/reasoning_content").asString()).isEqualTo("Hm.");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"a\":1}");
        assertThat(choice.at("/message/tool_calls/0/id").asString()).matches("call_[0-9a-f]{24}");
        assertThat(choice.at("/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.at("/logprobs/content")).hasSize(2);
        assertThat(whole.at("/usage/completion_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(1);
    }

    @Test
    void makesNoMoreAnswersAtATimeThanThereAreSlots() throws Exception {
        Future<JsonNode> answer = ask(CHAT, chat("sprout", "\"n\":3,\"seed\":5"));
        Answer one = models.next().started(4, 0);
        Answer two = models.next().started(4, 0);
        assertThat(models.waiting()).isZero();
        two.says("b").ends(Finish.Reason.STOP);
        Answer three = models.next().started(4, 0);
        three.says("c").ends(Finish.Reason.STOP);
        one.says("a").ends(Finish.Reason.STOP);

        JsonNode whole = answer.get(20, TimeUnit.SECONDS);
        assertThat(whole.path("choices"))
                .extracting(each -> each.at("/message/content").asString())
                .containsExactly("a", "b", "c");
        assertThat(three.request.sampling().seed()).hasValue(7);
        assertThat(whole.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void continuesATextAsTheOlderApiHasIt() throws Exception {
        Future<JsonNode> answer = ask("/v1/completions", "{\"model\":\"sprout\",\"prompt\":\"Once\",\"echo\":true}");
        models.next().started(1, 0).says(" upon").ends(Finish.Reason.LENGTH);

        JsonNode whole = answer.get(20, TimeUnit.SECONDS);
        assertThat(whole.path("object").asString()).isEqualTo("text_completion");
        assertThat(whole.path("id").asString()).startsWith("cmpl-");
        assertThat(whole.at("/choices/0/text").asString()).isEqualTo("Once upon");
    }

    @Test
    void makesVectorsInBothEncodings() throws Exception {
        models.models = List.of(new StagedModels.OwnModel("bee", StagedModels.DIGEST, List.of("embeddings"), 512, 1));
        for (String encoding : List.of("float", "base64")) {
            Future<JsonNode> answer = ask(
                    "/v1/embeddings",
                    "{\"model\":\"local/bee\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"" + encoding + "\"}");
            EmbeddingListener engine = models.embeddings.poll(20, TimeUnit.SECONDS);
            if (engine == null) throw new AssertionError(answer.get(1, TimeUnit.SECONDS));
            engine.started(List.of(2, 3));
            engine.vector(EmbeddingVector.of(new float[] {0.5f, -0.25f}));
            engine.vector(EmbeddingVector.of(new float[] {1, 0}));
            engine.finished(new Finish(Finish.Reason.STOP, 0));

            JsonNode made = answer.get(20, TimeUnit.SECONDS);
            assertThat(made.path("usage")).hasToString("{\"prompt_tokens\":5,\"total_tokens\":5}");
            assertThat(made.at("/data/1/index").asInt()).isEqualTo(1);
            if (encoding.equals("float")) {
                assertThat(made.at("/data/0/embedding")).hasToString("[0.5,-0.25]");
            } else {
                assertThat(made.at("/data/0/embedding").asString())
                        .isEqualTo(
                                EmbeddingVector.of(new float[] {0.5f, -0.25f}).base64());
            }
        }
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        assertThat(refusal(chat("sprout", "\"web_search_options\":{}")))
                .isEqualTo("400 unsupported_parameter web_search_options");
        assertThat(refusal(chat("sprout", "\"temprature\":1"))).isEqualTo("400 unknown_parameter temprature");
        assertThat(refusal(chat("sprout", "\"peerllm\":{\"estimate\":true}")))
                .isEqualTo("400 unsupported_parameter peerllm.estimate");
        assertThat(refusal(chat("missing", ""))).isEqualTo("404 model_not_found model");
        models.models = List.of(new StagedModels.OwnModel("bee", StagedModels.DIGEST, List.of("embeddings"), 512, 1));
        assertThat(refusal(chat("bee", ""))).isEqualTo("400 unsupported_model model");
        models.models = List.of(new StagedModels.OwnModel("plain", StagedModels.DIGEST, List.of("chat"), 512, 1));
        assertThat(refusal(chat("plain", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")))
                .isEqualTo("400 unsupported_model tools");
    }

    private String refusal(String body) {
        Response response = program.post(CHAT, body);
        int status = response.code();
        JsonNode error = json(response).path("error");
        return status + " " + error.path("code").asString() + " "
                + error.path("param").asString();
    }

    @Test
    void anEngineLostInTheMiddleEndsTheStreamWithAnErrorAndWithoutDone() throws Exception {
        Future<Response> asked = async(() -> program.post(CHAT, chat("sprout", "\"stream\":true")));
        models.next().started(9, 0).says("Half").fails(EngineErrorCode.ENGINE_LOST);

        String stream = text(asked.get(20, TimeUnit.SECONDS));
        assertThat(stream).contains("Half").doesNotContain("[DONE]");
        assertThat(stream.strip().lines().toList().reversed().subList(0, 2))
                .containsExactly(
                        "data: {\"error\":{\"message\":\"The engine process ended. Try again.\",\"type\":\"service_unavailable\","
                                + "\"param\":null,\"code\":\"engine_lost\"}}",
                        "event: error");
    }

    @Test
    void anEngineLostBeforeTheFirstTokenIsAPlainError() throws Exception {
        Future<Response> asked = async(() -> program.post(CHAT, chat("sprout", "\"stream\":true")));
        models.next().fails(EngineErrorCode.BUSY);

        Response response = asked.get(20, TimeUnit.SECONDS);
        assertThat(response.code()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("2");
        assertThat(json(response).at("/error/code").asString()).isEqualTo("busy");
    }

    @Test
    void aPromptThatIsTooLongIsToldAsOpenAiDoes() throws Exception {
        Future<JsonNode> asked = ask(CHAT, chat("sprout", ""));
        models.next().fails(EngineErrorCode.PROMPT_TOO_LONG);

        assertThat(asked.get(20, TimeUnit.SECONDS).at("/error/code").asString()).isEqualTo("context_length_exceeded");
    }

    @Test
    void answersTwoProgramsBesideEachOther() throws Exception {
        Future<JsonNode> first = ask(CHAT, chat("sprout", ""));
        Answer one = models.next().started(1, 0);
        Future<JsonNode> second = ask(CHAT, chat("sprout", ""));
        Answer two = models.next().started(1, 0);
        two.says("two").ends(Finish.Reason.STOP);
        assertThat(second.get(20, TimeUnit.SECONDS)
                        .at("/choices/0/message/content")
                        .asString())
                .isEqualTo("two");
        one.says("one").ends(Finish.Reason.STOP);
        assertThat(first.get(20, TimeUnit.SECONDS)
                        .at("/choices/0/message/content")
                        .asString())
                .isEqualTo("one");
    }

    private Future<JsonNode> ask(String path, String body) {
        return async(() -> json(program.post(path, body)));
    }

    private static <T> Future<T> async(java.util.function.Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
    }
}
