package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that the real model continues. */
@ExtendWith(TestNetworks.class)
class CompletionsTest {
    private final TestNetwork network;

    CompletionsTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aTextThatIsARenderedChatIsAnsweredAndCountedLikeThatChat() {
        HttpAnswer text = ask(Sprout.HELLO.prompt(), "<|user|>%s<|end|><|bot|>", "");
        HttpAnswer chat =
                network.consumer().post("/v1/chat/completions", """
                        {"model": "%s", "messages": [{"role": "user", "content": "%s"}], "temperature": 0}
                        """.formatted(network.model(), Sprout.HELLO.prompt()));

        assertThat(text.json().at("/choices/0/text").asString()).isEqualTo(Sprout.HELLO.answer());
        for (String same :
                new String[] {"/usage/prompt_tokens", "/usage/completion_tokens", "/peerllm/price_nanodollars"})
            assertThat(text.json().at(same)).as(same).isEqualTo(chat.json().at(same));
    }

    @Test
    void aTextIsContinuedWithoutAnyTemplateAndLogProbabilitiesAddUpToIt() {
        HttpAnswer answer = ask("Once upon a time, there was", "%s", ", \"logprobs\": 2");

        assertThat(answer.json().at("/choices/0/finish_reason").asString()).isEqualTo("length");
        String text = answer.json().at("/choices/0/text").asString();
        StringBuilder tokens = new StringBuilder();
        answer.json().at("/choices/0/logprobs/tokens").forEach(token -> tokens.append(token.asString()));
        assertThat(text).isNotEmpty().isEqualTo(tokens.toString());
        assertThat(answer.json().at("/usage/completion_tokens").asInt()).isEqualTo(16);
    }

    private HttpAnswer ask(String said, String template, String extras) {
        String limit = extras.isEmpty() ? ", \"max_tokens\": 100" : "";
        HttpAnswer answer = network.consumer()
                .post("/v1/completions", """
                        {"model": "%s", "prompt": "%s", "temperature": 0%s%s}
                        """.formatted(network.model(), template.formatted(said), limit, extras));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }
}
