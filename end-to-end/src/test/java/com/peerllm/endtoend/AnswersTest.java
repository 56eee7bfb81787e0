package com.peerllm.endtoend;

import static com.peerllm.endtoend.fixture.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.client.StreamEvent;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a consumer receives from a network that is well. */
@ExtendWith(TestNetworks.class)
class AnswersTest {
    private final TestNetwork network;

    AnswersTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @ParameterizedTest
    @MethodSource("com.peerllm.endtoend.fixture.Sprout#sayings")
    void aStreamedAnswerIsTheEnginesOwnGreedyAnswer(Sprout.Saying saying) {
        StreamedAnswer streamed = network.stream(saying.prompt()).rest();

        assertThat(streamed.text()).isEqualTo(saying.answer());
        assertThat(streamed.failure()).isEmpty();
        assertThat(streamed.doneEvents()).isEqualTo(1);
        assertThat(streamed.events().getLast()).isInstanceOf(StreamEvent.Done.class);
    }

    @ParameterizedTest
    @MethodSource("com.peerllm.endtoend.fixture.Sprout#sayings")
    void anAnswerInOnePieceIsTheStreamedOne(Sprout.Saying saying) {
        ChatAnswer streamed = whole(network.stream(saying.prompt()).rest());
        ChatAnswer inOnePiece = network.consumer().chat(network.request(saying.prompt()));

        assertThat(inOnePiece.text()).isEqualTo(streamed.text());
        assertThat(inOnePiece.finishReason()).isEqualTo(streamed.finishReason()).isEqualTo("stop");
        assertThat(inOnePiece.usage().promptTokens()).isEqualTo(streamed.usage().promptTokens());
        assertThat(inOnePiece.usage().completionTokens())
                .isEqualTo(streamed.usage().completionTokens());
        assertThat(inOnePiece.extras().hosts()).isEqualTo(streamed.extras().hosts());
        assertThat(inOnePiece.extras().price()).isEqualTo(streamed.extras().price());
    }

    @Test
    void anAnswerThatReachesItsLimitEndsWithLength() {
        ChatAnswer whole = network.consumer().chat(network.request(Sprout.STORY.prompt()));
        ChatAnswer cut =
                network.consumer().chat(network.request(Sprout.STORY.prompt()).atMost(10));

        assertThat(cut.finishReason()).isEqualTo("length");
        assertThat(cut.usage().completionTokens()).isEqualTo(10);
        assertThat(whole.text()).startsWith(cut.text());
    }

    @Test
    void aParameterThatIsNullIsOneThatIsNotSet() {
        String body = """
                {"model": "%s", "messages": [{"role": "user", "content": "%s", "name": null, "tool_calls": null}],
                 "temperature": 0, "stream": null, "stream_options": null, "max_tokens": null,
                 "max_completion_tokens": null, "stop": null, "seed": null, "top_p": null, "n": null, "logprobs": null,
                 "tools": null, "tool_choice": null, "response_format": null, "logit_bias": null, "user": null,
                 "frequency_penalty": null, "presence_penalty": null, "metadata": null, "store": null}
                """.formatted(network.model(), Sprout.HELLO.prompt());

        HttpAnswer answer = network.consumer().post("/v1/chat/completions", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/choices/0/message/content").asString()).isEqualTo(Sprout.HELLO.answer());
    }

    @Test
    void theModelIsListedWithItsHosts() {
        HttpAnswer list = network.consumer().get("/v1/models");
        HttpAnswer one = network.consumer().get("/v1/models/" + Sprout.MODEL);

        assertThat(list.json().at("/data/0/id").asString()).isEqualTo(Sprout.MODEL);
        assertThat(one.json().at("/id").asString()).isEqualTo(Sprout.MODEL);
        assertThat(one.json().at("/peerllm/hosts").asInt()).isEqualTo(1);
    }

    @Test
    void severalAnswersKeepToASchemaAndPayForOnePrompt() {
        HttpAnswer answer = network.consumer().post("/v1/chat/completions", """
                {"model": "%s", "messages": [{"role": "user", "content": "Hello!"}], "n": 3, "seed": 1,
                 "response_format": {"type": "json_schema", "json_schema": {"name": "verdict", "schema":
                   {"type": "object", "properties": {"good": {"enum": ["yes", "no"]}}, "required": ["good"]}}}}
                """.formatted(Sprout.MODEL));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("choices")).hasSize(3);
        for (JsonNode choice : answer.json().path("choices")) {
            assertThat(choice.at("/message/content").asString()).matches("\\{\\s*\"good\"\\s*:\\s*\"(yes|no)\"\\s*}");
            assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
        }
        int alone = network.consumer()
                .chat(network.request("Hello!").atMost(1))
                .usage()
                .promptTokens();
        assertThat(answer.json().at("/usage/prompt_tokens").asInt()).isEqualTo(alone);
    }

    @Test
    void logProbabilitiesSpellTheAnswer() {
        HttpAnswer answer = network.consumer().post("/v1/chat/completions", """
                {"model": "%s", "messages": [{"role": "user", "content": "Hello!"}], "temperature": 0,
                 "logprobs": true, "top_logprobs": 2}
                """.formatted(Sprout.MODEL));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        StringBuilder spelled = new StringBuilder();
        for (JsonNode entry : answer.json().at("/choices/0/logprobs/content")) {
            spelled.append(entry.path("token").asString());
            assertThat(entry.path("top_logprobs")).hasSize(2);
            assertThat(entry.at("/top_logprobs/0/logprob").asDouble())
                    .as("the greedy choice is the likeliest")
                    .isEqualTo(entry.path("logprob").asDouble());
        }
        assertThat(spelled.toString())
                .isEqualTo(answer.json().at("/choices/0/message/content").asString());
    }
}
