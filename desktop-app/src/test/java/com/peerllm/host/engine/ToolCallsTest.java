package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models call tools in each known format, and their arguments fit the tool's schema whatever they say. */
class ToolCallsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"How is the weather in Japan?\"}]";
    private static final String TOOLS = """
            [{"type":"function","function":{"name":"get_weather","description":"Tells it","parameters":{"type":"object",\
            "properties":{"city":{"enum":["Tokyo","Zürich"]},"days":{"type":"integer","minimum":1,"maximum":14}},\
            "required":["city","days"],"additionalProperties":false}}},\
            {"type":"function","function":{"name":"get_time","parameters":{"type":"object",\
            "properties":{"zones":{"type":"array","items":{"enum":["UTC","JST"]},"minItems":1,"maxItems":3},\
            "exact":{"type":"boolean"}},"required":["zones"],"additionalProperties":false}}}]""";

    private static final Map<String, String> TEMPLATES = Map.of(
            "hermes", TestTemplates.HERMES,
            "llama", TestTemplates.LLAMA,
            "mistral_list", TestTemplates.MISTRAL_LIST,
            "mistral_arguments", TestTemplates.MISTRAL_ARGUMENTS,
            "mistral_id", TestTemplates.MISTRAL_ID);

    private static final Map<String, Schema> SCHEMAS = schemas();
    private static final Map<String, Engine> ENGINES = new LinkedHashMap<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        TEMPLATES.forEach((name, template) ->
                ENGINES.put(name, TestEngines.ready(TestEngines.withTemplate(template, folder.resolve(name)))));
    }

    @AfterAll
    static void stop() {
        ENGINES.values().forEach(Engine::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hermes", "llama", "mistral_list", "mistral_arguments", "mistral_id"})
    void aRequiredCallIsMadeAndItsArgumentsFit(String format) {
        for (HeardAnswer heard : answers(format, 30, seed -> lively(ToolChoice.REQUIRED, false, seed))) {
            assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
            assertThat(heard.calls()).hasSize(1);
            assertThat(heard.text()).isEmpty();
            assertFits(heard.calls().getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hermes", "llama", "mistral_list", "mistral_arguments", "mistral_id"})
    void aNamedToolIsTheOneThatIsCalled(String format) {
        for (HeardAnswer heard : answers(format, 5, seed -> lively(ToolChoice.of("get_time"), true, seed))) {
            assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
            assertThat(heard.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.name()).isEqualTo("get_time"));
            assertFits(heard.calls().getFirst());
        }
    }

    @Test
    void everyCallOfAListFits() {
        String begun = "[TOOL_CALLS][{\"name\": \"get_time\", \"arguments\": {\"zones\": [\"UTC\"]}}, ";
        List<Integer> ids = ids(ENGINES.get("mistral_list"), begun);
        for (HeardAnswer heard : answers(
                "mistral_list",
                4,
                seed -> lively(ToolChoice.REQUIRED, true, seed).atMost(200).after(ids))) {
            boolean cut = heard.finish().reason() == Finish.Reason.LENGTH;
            List<HeardAnswer.Call> calls = heard.calls();
            assertThat(calls).isNotEmpty();
            assertThat(cut ? calls.subList(0, calls.size() - 1) : calls).allSatisfy(ToolCallsTest::assertFits);
            if (!cut) assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
            assertThat(heard.text()).isEmpty();
        }
    }

    /** The tiny model is content with one call, so another host has begun the second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hermes|<tool_call>{\"name\": \"get_time\", \"arguments\": {\"zones\": [\"UTC\"]}}</tool_call>\n<tool_call>",
                "mistral_arguments|[TOOL_CALLS]get_time[ARGS]{\"zones\": [\"UTC\"]}[TOOL_CALLS]",
                "mistral_id|[TOOL_CALLS]get_time[CALL_ID]123456789[ARGS]{\"zones\": [\"UTC\"]}[TOOL_CALLS]g",
            })
    void aSecondCallFitsToo(String begun) {
        Engine engine = ENGINES.get(begun.substring(0, begun.indexOf('|')));
        List<Integer> ids = ids(engine, begun.substring(begun.indexOf('|') + 1));
        for (ToolChoice choice : List.of(ToolChoice.REQUIRED, ToolChoice.AUTO)) {
            HeardAnswer heard = answer(engine, lively(choice, true, 3).after(ids));

            assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
            assertThat(heard.calls()).isNotEmpty().allSatisfy(ToolCallsTest::assertFits);
            assertThat(heard.text()).isEmpty();
        }
        assertThat(answer(engine, lively(ToolChoice.AUTO, false, 3).after(ids))
                        .failure()
                        .code())
                .isEqualTo(EngineErrorCode.BAD_REQUEST);
    }

    /** What a model with these tools would say, begun by another host; the tiny model cannot be asked to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hermes|I look.\n<tool_call>",
                "hermes|<tool_call>\n{\"na",
                "hermes|<tool_call>{\"name\": \"get_",
                "hermes|<tool_call>{\"name\": \"get_time\", \"argu",
                "llama|{\"name\": \"get_time\",",
                "llama|{\"name\":\"get_weather\", \"par",
                "llama|See <|python_tag|>{\"na",
                "mistral_list|Well, [TOOL_CALLS]",
                "mistral_list|[TOOL_CALLS] [{\"name\": \"g",
                "mistral_arguments|[TOOL_CALLS]get",
                "mistral_arguments|[TOOL_CALLS]get_time[AR",
                "mistral_id|[TOOL_CALLS]get_time[CALL_ID]12",
            })
    void aCallThatTheModelBeginsIsHeldToItsSchemaFromThereOn(String begun) {
        String format = begun.substring(0, begun.indexOf('|'));
        String said = begun.substring(begun.indexOf('|') + 1);
        List<Integer> ids = ids(ENGINES.get(format), said);
        for (HeardAnswer heard :
                answers(format, 4, seed -> lively(ToolChoice.AUTO, false, seed).after(ids))) {
            assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
            assertThat(heard.text()).isEmpty();
            // A name that the tokens before the cut hold in full was told with them.
            if (heard.calls().isEmpty()) {
                String name = said.contains("get_time") ? "get_time" : "get_weather";
                assertFits(new HeardAnswer.Call(name, heard.said(Channel.TOOL_ARGUMENTS)));
            } else {
                assertFits(heard.calls().getFirst());
            }
        }
    }

    @Test
    void withoutAToolThatFitsTextStaysText() {
        Engine engine = ENGINES.get("hermes");
        HeardAnswer auto = answer(engine, chat(ToolChoice.AUTO, true).atMost(30));
        HeardAnswer none = answer(engine, chat(ToolChoice.NONE, true).atMost(30));

        assertThat(auto.text().strip()).isEqualTo(none.text().strip()).isNotBlank();
        assertThat(auto.calls()).isEmpty();
        assertThat(auto.promptTokens()).isEqualTo(none.promptTokens());
        GenerationRequest noneBegun = chat(ToolChoice.NONE, true).atMost(60).after(ids(engine, "<tool_call>"));
        assertThat(answer(engine, noneBegun).finish().reason()).isNotEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hermes", "llama", "mistral_list", "mistral_arguments", "mistral_id"})
    void goesOnAtEveryCut(String format, @TempDir Path folder) {
        EngineOptions options = TestEngines.withTemplate(TEMPLATES.get(format), folder.resolve(format));
        try (Engine engine = TestEngines.ready(TestEngines.oneSlot(options))) {
            assertGoesOnAtEveryCut(engine);
        }
    }

    private static void assertGoesOnAtEveryCut(Engine engine) {
        GenerationRequest request = lively(ToolChoice.REQUIRED, true, 4).atMost(40);
        answer(engine, request).finish();
        HeardAnswer whole = answer(engine, request);

        for (int cut = 0; cut <= whole.idsAtTheEnd().size(); cut++) {
            HeardAnswer rest = answer(engine, request.after(whole.ids().subList(0, cut)));
            assertThat(rest.idsAtTheEnd())
                    .as("cut at %d", cut)
                    .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
            assertThat(rest.finish()).as("cut at %d", cut).isEqualTo(whole.finish());
            for (Channel channel : List.of(Channel.TOOL_CALL, Channel.TOOL_ARGUMENTS, Channel.CONTENT))
                assertThat(whole.saidBefore(cut, channel) + rest.said(channel))
                        .as("cut at %d", cut)
                        .isEqualTo(whole.said(channel));
        }
    }

    @Test
    void aModelWithoutAKnownFormatRefusesTools(@TempDir Path folder) {
        try (Engine plain = TestEngines.ready(TestEngines.starterOptions())) {
            assertThat(TestEngines.facts(plain).features()).contains("chat").doesNotContain("tools", "reasoning");
            EngineFailure failure =
                    answer(plain, chat(ToolChoice.REQUIRED, true)).failure();
            assertThat(failure.code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
            assertThat(failure.sentence()).contains("not known to call tools");
        }
    }

    @Test
    void theModelSaysThatItCallsTools() {
        ENGINES.forEach((format, engine) -> assertThat(TestEngines.facts(engine).features())
                .as(format)
                .contains("chat", "tools")
                .doesNotContain("reasoning"));
    }

    /** By a validator that is not ours. */
    private static void assertFits(HeardAnswer.Call call) {
        assertThat(SCHEMAS.get(call.name()).validate(call.arguments(), InputFormat.JSON))
                .as("arguments of %s", call.name())
                .isEmpty();
    }

    private static Map<String, Schema> schemas() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Map<String, Schema> schemas = new HashMap<>();
        for (JsonNode tool : JSON.readTree(TOOLS)) {
            JsonNode function = tool.path("function");
            schemas.put(function.path("name").asString(), registry.getSchema(function.path("parameters")));
        }
        return schemas;
    }

    /** Side by side, as many as the engine has slots. */
    private static List<HeardAnswer> answers(String format, int seeds, IntFunction<GenerationRequest> request) {
        return IntStream.rangeClosed(1, seeds)
                .mapToObj(seed -> answer(ENGINES.get(format), request.apply(seed)))
                .toList();
    }

    private static GenerationRequest lively(ToolChoice choice, boolean parallel, int seed) {
        return chat(choice, parallel).with(Sampling.of(1.2).withSeed(seed)).atMost(300);
    }

    private static GenerationRequest chat(ToolChoice choice, boolean parallel) {
        return GenerationRequest.of(
                        new Prompt.Chat(MESSAGES, Optional.of(new ToolUse(TOOLS, choice, parallel)), Reasoning.DEFAULT))
                .inScope("tests");
    }

    private static List<Integer> ids(Engine engine, String text) {
        List<Integer> ids = engine.tokenize(new Prompt.Text(text)).join();
        int bos = TestEngines.facts(engine).bosToken();
        return ids.getFirst() == bos ? ids.subList(1, ids.size()) : ids;
    }
}
