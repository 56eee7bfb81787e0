package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.TestNetwork.Answer;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/completions}: texts that a model continues, over real sockets with hosts that follow a script. */
class CompletionsNetworkTest {
    private TestNetwork network;
    private String key;

    @BeforeEach
    void start(@TempDir Path data) {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1");
    }

    @AfterEach
    void stop() {
        network.closeWhenAllIsPaid();
    }

    private ScriptedHost host(BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), ScriptedHost.able(4), work);
    }

    @Test
    void continuesATextInOnePieceAndChargesItLikeAChat() {
        try (ScriptedHost host = host((self, offer) -> self.answer(offer, " a", " time"))) {
            Answer answer = network.completion(key, TestNetwork.beginning(",\"temperature\":0"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode json = answer.json();
            assertThat(json.path("object").asString()).isEqualTo("text_completion");
            assertThat(json.at("/choices/0/text").asString()).isEqualTo(" a time");
            assertThat(json.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            assertThat(json.at("/usage/completion_tokens").asInt()).isEqualTo(2);
            assertThat(json.at("/peerllm/price_nanodollars").asLong()).isEqualTo(8000);
            FromOrchestrator.JobOffer offer = host.received.stream()
                    .filter(FromOrchestrator.JobOffer.class::isInstance)
                    .map(FromOrchestrator.JobOffer.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(offer.prompt()).contains("Once upon");
            assertThat(offer.messages()).isEmpty();
            assertThat(offer.maxTokens()).isEqualTo(16);
        }
    }

    @Test
    void streamsTheTextAndContinuesItOnAnotherHost() {
        BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work = (self, offer) -> {
            if (offer.delivered().isEmpty()) {
                self.started(offer, 10);
                self.tokens(offer, 0, " a");
                self.fail(offer, JobFailure.ENGINE_LOST);
            } else {
                self.answer(offer, " a", " \"time\"");
            }
        };
        try (ScriptedHost _ = host(work);
                ScriptedHost _ = host(work)) {
            Answer answer = network.completion(
                    key, TestNetwork.beginning(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(texts(answer)).isEqualTo(" a \"time\"");
            assertThat(answer.events()).endsWith("[DONE]");
            assertThat(answer.chunks().getLast().at("/usage/completion_tokens").asInt())
                    .isEqualTo(2);
            assertThat(answer.body()).contains("\"hosts\":[\"");
        }
    }

    @Test
    void echoesThePromptForNothing() {
        try (ScriptedHost _ = host((self, offer) -> self.answer(offer, " a"))) {
            Answer whole = network.completion(key, TestNetwork.beginning(",\"echo\":true"));
            Answer streamed = network.completion(key, TestNetwork.beginning(",\"echo\":true,\"stream\":true"));

            assertThat(whole.json().at("/choices/0/text").asString()).isEqualTo("Once upon a");
            assertThat(texts(streamed)).isEqualTo("Once upon a");
            assertThat(whole.json().at("/peerllm/price_nanodollars").asLong()).isEqualTo(6500);
        }
    }

    @Test
    void tellsLogProbabilitiesInTheOlderForm() {
        List<AnswerChunk> chunks = List.of(
                chunk(
                        "é",
                        "[{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[195,169],\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-0.25}]}]"),
                chunk("b", "[{\"token\":\"b\",\"logprob\":-1.5,\"top_logprobs\":[]}]"));
        try (ScriptedHost _ = host((self, offer) -> self.answerChunks(offer, chunks, "length"))) {
            Answer whole = network.completion(key, TestNetwork.beginning(",\"logprobs\":1"));
            Answer streamed = network.completion(key, TestNetwork.beginning(",\"logprobs\":1,\"stream\":true"));

            assertThat(whole.json().at("/choices/0/logprobs").toString())
                    .isEqualTo("{\"tokens\":[\"é\",\"b\"],\"token_logprobs\":[-0.5,-1.5],"
                            + "\"top_logprobs\":[{\"a\":-0.25,\"é\":-0.5},{\"b\":-1.5}],\"text_offset\":[0,1]}");
            assertThat(whole.json().at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(streamed.chunks().get(1).at("/choices/0/logprobs").toString())
                    .isEqualTo("{\"tokens\":[\"b\"],\"token_logprobs\":[-1.5],\"top_logprobs\":[{\"b\":-1.5}],"
                            + "\"text_offset\":[1]}");
            assertThat(texts(streamed)).isEqualTo("éb");
        }
    }

    @Test
    void asksOnlyHostsThatContinueTexts() {
        try (ScriptedHost chatsOnly =
                ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "never"))) {
            Answer refused = network.completion(key, TestNetwork.beginning(""));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("unsupported_model");

            try (ScriptedHost _ = host((self, offer) -> self.answer(offer, " a"))) {
                Answer answer = network.completion(key, TestNetwork.beginning(""));
                assertThat(answer.json().at("/choices/0/text").asString()).isEqualTo(" a");
                assertThat(chatsOnly.received).noneMatch(FromOrchestrator.JobOffer.class::isInstance);
            }
        }
    }

    @Test
    void aHostThatClaimsToThinkAboutATextIsLeft() {
        AnswerChunk thought =
                AnswerChunk.of(List.of(new Part(Channel.REASONING, "Hm.".getBytes(StandardCharsets.UTF_8))));
        try (ScriptedHost _ = host((self, offer) -> self.answerChunks(offer, List.of(thought), "stop"))) {
            Answer answer = network.completion(key, TestNetwork.beginning(""));
            assertThat(answer.code()).isEqualTo("hosts_failed");
            assertThat(answer.headers().get("x-should-retry")).isEqualTo("false");
            assertThat(answer.headers().get("retry-after")).isNull();
        }
    }

    @Test
    void errorsNameTheFieldsOfThisRoute() {
        try (ScriptedHost _ = host((self, offer) -> self.answer(offer, "never"))) {
            String longText = "x".repeat(8 * 800);
            Answer tooLong = network.completion(key, TestNetwork.beginning("").replace("Once upon", longText));
            assertThat(tooLong.code()).isEqualTo("context_length_exceeded");
            assertThat(tooLong.json().at("/error/param").asString()).isEqualTo("prompt");
            assertThat(network.completion(key, TestNetwork.beginning(",\"suffix\":\"x\""))
                            .code())
                    .isEqualTo("unsupported_parameter");
            assertThat(network.completion("none", TestNetwork.beginning("")).code())
                    .isEqualTo("invalid_api_key");
        }
    }

    private static AnswerChunk chunk(String text, String logprobs) {
        return AnswerChunk.of(List.of(
                new Part(Channel.CONTENT, text.getBytes(StandardCharsets.UTF_8)),
                new Part(Channel.LOGPROBS, logprobs.getBytes(StandardCharsets.UTF_8))));
    }

    private static String texts(Answer answer) {
        StringBuilder texts = new StringBuilder();
        for (JsonNode chunk : answer.chunks())
            texts.append(chunk.at("/choices/0/text").asString(""));
        return texts.toString();
    }
}
