package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model thinks and calls tools through a whole network of real processes. */
@ExtendWith(TestNetworks.class)
class CallsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"How is the weather in Japan?\"}";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",\
            "properties":{"city":{"enum":["Tokyo","Zürich"]},"days":{"type":"integer","minimum":1,"maximum":14}},\
            "required":["city","days"],"additionalProperties":false}}}]""";
    private static final String THINKS_BRIEFLY_AND_CALLS =
            TOOLS + ",\"tool_choice\":\"required\",\"reasoning_budget_tokens\":12,\"temperature\":0";

    private final TestNetwork network;

    CallsTest(@Serving(Model.CALLS) TestNetwork network) {
        this.network = network;
    }

    private HttpAnswer ask(String messages, String extras) {
        return network.consumer()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"" + network.model() + "\",\"messages\":[" + messages + "]" + extras + "}");
    }

    @Test
    void aModelThinksCallsAToolAndReadsItsResult() {
        HttpAnswer called = ask(QUESTION, THINKS_BRIEFLY_AND_CALLS);

        assertThat(called.status()).as(called.toString()).isEqualTo(200);
        JsonNode choice = called.json().at("/choices/0");
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/reasoning_content").asString()).isNotBlank();
        assertThat(called.json()
                        .at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isBetween(1, 30);
        JsonNode call = choice.at("/message/tool_calls/0");
        assertThat(call.at("/function/name").asString()).isEqualTo("get_weather");
        JsonNode arguments = JSON.readTree(call.at("/function/arguments").asString());
        assertThat(arguments.path("city").asString()).isIn("Tokyo", "Zürich");
        assertThat(arguments.path("days").asInt()).isBetween(1, 14);

        String turn = JSON.writeValueAsString(choice.path("message"));
        String result =
                "{\"role\":\"tool\",\"tool_call_id\":\"" + call.path("id").asString() + "\",\"content\":\"rain\"}";
        HttpAnswer told = ask(
                QUESTION + "," + turn + "," + result,
                TOOLS + ",\"tool_choice\":\"none\",\"reasoning_effort\":\"none\",\"temperature\":0,\"max_tokens\":20");

        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        assertThat(told.json().at("/choices/0/message/content").asString()).isNotBlank();
        assertThat(told.json().at("/choices/0/message").has("tool_calls")).isFalse();
        assertThat(told.json().at("/choices/0/message/reasoning_content").asString(""))
                .isEmpty();
    }

    @Test
    void aStreamedCallIsTheOneInOnePiece() {
        JsonNode whole = ask(QUESTION, THINKS_BRIEFLY_AND_CALLS).json().at("/choices/0/message");
        HttpAnswer streamed = ask(QUESTION, THINKS_BRIEFLY_AND_CALLS + ",\"stream\":true");

        StringBuilder reasoning = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        List<String> names = new ArrayList<>();
        List<String> finishes = new ArrayList<>();
        for (String line : streamed.body().lines().toList()) {
            if (!line.startsWith("data: {")) continue;
            JsonNode choice = JSON.readTree(line.substring(6)).at("/choices/0");
            reasoning.append(choice.at("/delta/reasoning_content").asString(""));
            for (JsonNode call : choice.at("/delta/tool_calls")) {
                if (call.at("/function").has("name"))
                    names.add(call.at("/function/name").asString());
                arguments.append(call.at("/function/arguments").asString(""));
            }
            if (choice.path("finish_reason").isString())
                finishes.add(choice.path("finish_reason").asString());
        }
        assertThat(reasoning.toString())
                .isEqualTo(whole.path("reasoning_content").asString());
        assertThat(names).containsExactly("get_weather");
        assertThat(arguments.toString())
                .isEqualTo(whole.at("/tool_calls/0/function/arguments").asString());
        assertThat(finishes).containsExactly("tool_calls");
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
    }
}
