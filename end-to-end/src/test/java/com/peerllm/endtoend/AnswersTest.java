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
}
