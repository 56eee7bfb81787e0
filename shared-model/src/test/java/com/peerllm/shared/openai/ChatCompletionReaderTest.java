package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
                + "\"presence_penalty\":null,\"user\":null,\"metadata\":null,\"reasoning_effort\":null}");
        assertThat(request).isEqualTo(read("{\"model\":\"m\"," + MESSAGES + "}"));
    }

    @Test
    void readsEveryParameterItKnows() {
        ChatCompletionRequest request = read(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":"
                        + "\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}],\"temperature\":0,\"top_p\":0.5,\"top_k\":7,"
                        + "\"min_p\":0.1,\"seed\":-3,\"stop\":[\"x\",\"y\"],\"max_tokens\":9,\"max_completion_tokens\":5,"
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"frequency_penalty\":1,"
                        + "\"presence_penalty\":-1,\"n\":1,\"response_format\":{\"type\":\"text\"},\"tools\":[],\"user\":\"u\"}");
        assertThat(request.messages()).containsExactly(ChatMessage.of("system", "ab"));
        assertThat(request.sampling().seed()).isEqualTo(OptionalLong.of(-3));
        assertThat(request.sampling().topK()).isEqualTo(7);
        assertThat(request.maxTokens()).isEqualTo(OptionalInt.of(5));
        assertThat(request.stop()).isEqualTo(List.of("x", "y"));
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
                "\"n\":2                         | unsupported_parameter | n",
                "\"logprobs\":true               | unsupported_parameter | logprobs",
                "\"tools\":[{}]                  | unsupported_parameter | tools",
                "\"tool_choice\":\"auto\"        | unsupported_parameter | tool_choice",
                "\"response_format\":{\"type\":\"json_object\"} | unsupported_parameter | response_format",
                "\"reasoning_effort\":\"low\"    | unsupported_parameter | reasoning_effort",
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
            })
    void refusesABodyThatIsNoRequest(String body, String code) {
        assertThat(refused(body).code()).isEqualTo(code);
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

    private static ApiError refused(String body) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> read(body));
        assertThat(refusal).as(body).isNotNull();
        return refusal.error();
    }

    private static ChatCompletionRequest read(String body) {
        return ChatCompletionReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
