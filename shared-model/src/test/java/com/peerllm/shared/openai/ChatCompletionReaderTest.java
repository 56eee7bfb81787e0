package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionReaderTest {
    private static final String TOOLS = "\"tools\":[" + tool("add", "") + "]";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void fillsInTheDefaultsOfTheOpenAiApi() {
        ChatCompletionRequest request = read("{\"model\":\"m\"," + MESSAGES + "}");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.messages()).containsExactly(ChatMessage.of("user", "Hi"));
        assertThat(request.sampling().temperature()).isEqualTo(1);
        assertThat(request.sampling().topP()).isEqualTo(1);
        assertThat(request.maxTokens()).isEmpty();
        assertThat(request.stop()).isEmpty();
        assertThat(request.stream()).isFalse();
    }

    @Test
    void takesNullForNotSetInEveryOptionalField() {
        ChatCompletionRequest request = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\","
                + "\"name\":null,\"tool_calls\":null}],\"temperature\":null,\"top_p\":null,\"top_k\":null,\"min_p\":null,"
                + "\"seed\":null,\"stop\":null,\"max_tokens\":null,\"max_completion_tokens\":null,\"stream\":null,"
                + "\"stream_options\":null,\"n\":null,\"logprobs\":null,\"top_logprobs\":null,\"tools\":null,"
                + "\"tool_choice\":null,\"response_format\":null,\"logit_bias\":null,\"frequency_penalty\":null,"
                + "\"presence_penalty\":null,\"user\":null,\"metadata\":null,\"reasoning_effort\":null,"
                + "\"parallel_tool_calls\":null,\"chat_template_kwargs\":null,\"thinking_budget_tokens\":null,\"functions\":null,"
                + "\"repeat_penalty\":null}");
        assertThat(request).isEqualTo(read("{\"model\":\"m\"," + MESSAGES + "}"));
    }

    @Test
    void readsEveryParameterItKnows() {
        ChatCompletionRequest request = read(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":"
                        + "\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}],\"temperature\":0,\"top_p\":0.5,\"top_k\":7,"
                        + "\"min_p\":0.1,\"seed\":-3,\"stop\":[\"x\",\"y\"],\"max_tokens\":9,\"max_completion_tokens\":5,"
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"frequency_penalty\":1,"
                        + "\"presence_penalty\":-1,\"n\":8,\"repeat_penalty\":1.5,\"logit_bias\":{\"7\":-100},\"response_format\":{\"type\":\"text\"},\"tools\":[],\"user\":\"u\"}");
        assertThat(request.messages()).containsExactly(ChatMessage.of("system", "ab"));
        assertThat(request.sampling().seed()).isEqualTo(OptionalLong.of(-3));
        assertThat(request.sampling().topK()).isEqualTo(7);
        assertThat(request.maxTokens()).isEqualTo(OptionalInt.of(5));
        assertThat(request.stop()).isEqualTo(List.of("x", "y"));
        assertThat(request.choices()).isEqualTo(8);
        assertThat(request.sampling().repeatPenalty()).isEqualTo(1.5);
        assertThat(request.sampling().logitBias()).isEqualTo(Map.of(7, -100.0));
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"temperature\":\"hot\"         | invalid_type          | temperature",
                "\"temperature\":2.5             | invalid_value         | temperature",
                "\"top_p\":-0.1                  | invalid_value         | top_p",
                "\"max_tokens\":0                | invalid_value         | max_tokens",
                "\"max_tokens\":1.5              | invalid_type          | max_tokens",
                "\"seed\":1e400                  | invalid_type          | seed",
                "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"] | invalid_value | stop",
                "\"stop\":[1]                    | invalid_type          | stop",
                "\"stop\":\"\"                   | invalid_value         | stop",
                "\"stream\":\"yes\"              | invalid_type          | stream",
                "\"stream\":true,\"stream_options\":3 | invalid_type     | stream_options",
                "\"n\":0                         | invalid_value         | n",
                "\"n\":9                         | invalid_value         | n",
                "\"logprobs\":1                  | invalid_type          | logprobs",
                "\"top_logprobs\":2              | invalid_value         | top_logprobs",
                "\"logprobs\":true,\"top_logprobs\":21 | invalid_value     | top_logprobs",
                "\"repeat_penalty\":0            | invalid_value         | repeat_penalty",
                "\"repeat_penalty\":2.1          | invalid_value         | repeat_penalty",
                "\"logit_bias\":[1]              | invalid_type          | logit_bias",
                "\"logit_bias\":{\"x\":1}        | invalid_value         | logit_bias",
                "\"logit_bias\":{\"-1\":1}       | invalid_value         | logit_bias",
                "\"logit_bias\":{\"7\":101}      | invalid_value         | logit_bias.7",
                "\"logit_bias\":{\"7\":\"x\"}    | invalid_type          | logit_bias.7",
                "\"reasoning_effort\":\"much\"   | invalid_value         | reasoning_effort",
                "\"reasoning_effort\":3          | invalid_type          | reasoning_effort",
                "\"thinking_budget_tokens\":-2   | invalid_value         | thinking_budget_tokens",
                "\"chat_template_kwargs\":{\"enable_thinking\":\"true\"} | invalid_type | chat_template_kwargs.enable_thinking",
                "\"chat_template_kwargs\":{\"x\":1} | unknown_parameter | chat_template_kwargs.x",
                "\"chat_template_kwargs\":{\"enable_thinking\":false},\"reasoning_effort\":\"low\" | invalid_value | chat_template_kwargs.enable_thinking",
                "\"response_format\":{\"type\":\"xml\"} | invalid_value    | response_format.type",
                "\"response_format\":{\"type\":\"json_object\",\"schema\":{}} | unknown_parameter | response_format.schema",
                "\"response_format\":{\"type\":\"json_schema\"} | invalid_type | response_format.json_schema",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}} | missing_required_parameter | response_format.json_schema.name",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":[]}} | invalid_type | response_format.json_schema.schema",
                "\"functions\":[{}]              | unsupported_parameter | functions",
                "\"function_call\":\"auto\"      | unsupported_parameter | function_call",
                "\"audio\":{}                    | unsupported_parameter | audio",
                "\"modalities\":[\"text\"]       | unsupported_parameter | modalities",
                "\"prediction\":{}               | unsupported_parameter | prediction",
                "\"web_search_options\":{}       | unsupported_parameter | web_search_options",
                "\"verbosity\":\"low\"           | unsupported_parameter | verbosity",
                "\"temprature\":1                | unknown_parameter     | temprature",
            })
    void refusesByName(String field, String code, String param) {
        ApiError error = refused("{\"model\":\"m\"," + MESSAGES + "," + field + "}");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.param()).contains(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                     | invalid_json",
                "[]                                                     | invalid_json",
                "{\"model\":\"m\"                                       | invalid_json",
                "{\"model\":\"m\",\"model\":\"n\"}                      | invalid_json",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | missing_required_parameter",
                "{\"model\":null}                                       | missing_required_parameter",
                "{\"model\":\"m\"}                                      | missing_required_parameter",
                "{\"model\":\"m\",\"messages\":[]}                      | missing_required_parameter",
                "{\"model\":\"m\",\"messages\":[3]}                     | invalid_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"Hi\"}]} | invalid_value",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}   | invalid_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} | unsupported_parameter",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\"}]} | invalid_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\",\"tool_calls\":[{}]}]} | invalid_value",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{}]}]} | invalid_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":{\"a\":1}}]} | invalid_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"custom\"}]}]} | unsupported_parameter",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}]} | missing_required_parameter",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"3\"}]} | missing_required_parameter",
            })
    void refusesABodyThatIsNoRequest(String body, String code) {
        assertThat(refused(body).code()).isEqualTo(code);
    }

    @Test
    void readsTheConversationOfAToolCall() {
        List<ChatMessage> messages = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"2+1?\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Sum.\",\"tool_calls\":[{\"id\":"
                        + "\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":2}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"3\"}]}")
                .messages();
        ToolCall call = new ToolCall("call_1", new ToolCall.Function("add", "{\"a\":2}"));
        assertThat(messages)
                .containsExactly(
                        ChatMessage.of("user", "2+1?"),
                        new ChatMessage(
                                "assistant",
                                "",
                                Optional.empty(),
                                List.of(call),
                                Optional.empty(),
                                Optional.of("Sum.")),
                        new ChatMessage(
                                "tool", "3", Optional.empty(), List.of(), Optional.of("call_1"), Optional.empty()));
    }

    @Test
    void writesToolsAnewWithADescriptionAndASchemaEach() {
        ToolUse tools = options(
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"strict\":true,\"parameters\":"
                                + "{\"type\":\"object\",\"x-kept\":1}}},{\"function\":{\"name\":\"now\"},\"type\":\"function\"}]")
                .tools()
                .orElseThrow();
        assertThat(tools.toolsJson())
                .isEqualTo("[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"description\":\"\",\"parameters\":"
                        + "{\"type\":\"object\",\"x-kept\":1}}},{\"type\":\"function\",\"function\":{\"name\":\"now\","
                        + "\"description\":\"\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]");
        assertThat(tools.choice()).isEqualTo(ToolChoice.AUTO);
        assertThat(tools.parallel()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"none\"     | NONE     |",
                "\"auto\"     | AUTO     |",
                "null         | AUTO     |",
                "\"required\" | REQUIRED |",
                "{\"type\":\"function\",\"function\":{\"name\":\"add\"}} | NAMED | add",
            })
    void readsWhetherAToolMayBeCalled(String json, ToolChoice.Mode mode, String name) {
        ToolUse tools = options(TOOLS + ",\"tool_choice\":" + json + ",\"parallel_tool_calls\":false")
                .tools()
                .orElseThrow();
        assertThat(tools.choice()).isEqualTo(new ToolChoice(mode, Optional.ofNullable(name)));
        assertThat(tools.parallel()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"tools\":3 | invalid_type | tools",
                "\"tools\":[3] | invalid_type | tools[0]",
                "\"tools\":[{}] | missing_required_parameter | tools[0].type",
                "\"tools\":[{\"type\":\"custom\"}] | unsupported_parameter | tools[0].type",
                "\"tools\":[{\"type\":\"function\",\"x\":1}] | unknown_parameter | tools[0].x",
                "\"tools\":[{\"type\":\"function\"}] | invalid_type | tools[0].function",
                "\"tools\":[{\"type\":\"function\",\"function\":{}}] | missing_required_parameter | tools[0].function.name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}] | invalid_value | tools[0].function.name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[1]}}] | invalid_type | tools[0].function.parameters",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"x\":1}}] | unknown_parameter | tools[0].function.x",
                "TOOLS,\"tool_choice\":\"maybe\" | invalid_value | tool_choice",
                "TOOLS,\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"mul\"}} | invalid_value | tool_choice.function.name",
                "TOOLS,\"tool_choice\":{\"type\":\"custom\"} | unsupported_parameter | tool_choice.type",
                "TOOLS,\"parallel_tool_calls\":1 | invalid_type | parallel_tool_calls",
                "TOOLS,\"response_format\":{\"type\":\"json_object\"} | unsupported_parameter | response_format",
                "\"tool_choice\":\"required\" | invalid_value | tool_choice",
            })
    void refusesToolsByName(String fields, String code, String param) {
        ApiError error = refused("{\"model\":\"m\"," + MESSAGES + "," + fields.replace("TOOLS", TOOLS) + "}");
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.param()).contains(param);
    }

    @Test
    void boundsTools() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 129; i++) many.append(i == 0 ? "" : ",").append(tool("t" + i, ""));
        assertThat(refused(with("\"tools\":[" + many + "]")).param()).contains("tools");
        String twice = tool("a", "") + "," + tool("a", "");
        assertThat(refused(with("\"tools\":[" + twice + "]")).param()).contains("tools[1].function.name");
        String large = tool("a", "x".repeat(256 * 1024));
        assertThat(refused(with("\"tools\":[" + large + "]")).message()).contains("256 KiB");
    }

    @Test
    void readsFormThinkingAndLogProbabilities() {
        assertThat(options("\"response_format\":{\"type\":\"json_object\"}").format())
                .isEqualTo(new ResponseFormat.JsonObject());
        assertThat(options(
                                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"strict\":true,"
                                        + "\"schema\":{\"type\":\"object\"}}}")
                        .format())
                .isEqualTo(new ResponseFormat.JsonSchema("{\"type\":\"object\"}"));
        assertThat(options("\"logprobs\":true").topLogprobs()).hasValue(0);
        assertThat(options("\"logprobs\":true,\"top_logprobs\":20").topLogprobs())
                .hasValue(20);
        assertThat(options("\"reasoning_effort\":\"none\",\"thinking_budget_tokens\":0")
                        .reasoning())
                .isEqualTo(new Reasoning(Optional.of(Reasoning.Effort.NONE), OptionalInt.of(0)));
        assertThat(options("\"chat_template_kwargs\":{\"enable_thinking\":false}")
                        .reasoning())
                .isEqualTo(new Reasoning(Optional.of(Reasoning.Effort.NONE), OptionalInt.empty()));
        assertThat(options("\"reasoning_budget_tokens\":-1,\"chat_template_kwargs\":{}")
                        .reasoning())
                .isEqualTo(Reasoning.DEFAULT);
    }

    @Test
    void refusesASchemaThatNoAnswerCanBeHeldToAndNamesTheKeyword() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{\"type\":\"null\"}}}}";
        InvalidRequest ofTool = catchThrowableOfType(
                InvalidRequest.class,
                () -> SchemaCheck.check(
                        options("\"tools\":[" + tool("now", "") + ",{\"type\":\"function\",\"function\":"
                                + "{\"name\":\"a\",\"parameters\":" + schema + "}}]")));
        assertThat(ofTool.error().code()).isEqualTo("unsupported_schema");
        assertThat(ofTool.error().param()).contains("tools[1].function.parameters");
        assertThat(ofTool.error().message()).contains("not", "/properties/a");
        InvalidRequest ofForm = catchThrowableOfType(
                InvalidRequest.class,
                () -> SchemaCheck.check(options("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                        + "{\"name\":\"a\",\"schema\":" + schema + "}}")));
        assertThat(ofForm.error().param()).contains("response_format.json_schema.schema");
        SchemaCheck.check(
                options("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}}}"));
        assertThat(SchemaCheck.isNeeded(AnswerOptions.PLAIN)).isFalse();
    }

    @Test
    void passesTheNumbersOfASchemaOnAsTheyCame() {
        assertThat(options("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                                + "{\"maximum\":0.1000000000000000000001,\"minimum\":9007199254740993}}}")
                        .format())
                .isEqualTo(new ResponseFormat.JsonSchema(
                        "{\"maximum\":0.1000000000000000000001,\"minimum\":9007199254740993}"));
    }

    @Property(tries = 500)
    void answersAnyBytesWithARequestOrAnErrorThatRepeatsNothing(@ForAll("bodies") String body) {
        try {
            read(body);
        } catch (InvalidRequest e) {
            assertThat(e.error().message()).doesNotContain("canary");
        }
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"model\"",
                "\"messages\"",
                "\"canary\"",
                "null",
                "1e9",
                "true",
                "\"role\"",
                "\"user\"",
                "\"content\"",
                "\\",
                "\u0000",
                " ",
                "\"stop\"");
        return pieces.list().ofMaxSize(30).map(list -> String.join("", list));
    }

    private static AnswerOptions options(String fields) {
        return read(with(fields)).options();
    }

    private static String with(String fields) {
        return "{\"model\":\"m\"," + MESSAGES + "," + fields + "}";
    }

    private static String tool(String name, String description) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"description\":\"" + description
                + "\"}}";
    }

    private static ApiError refused(String body) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> read(body));
        assertThat(refusal).as(body).isNotNull();
        return refusal.error();
    }

    private static ChatCompletionRequest read(String body) {
        return ChatCompletionReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
