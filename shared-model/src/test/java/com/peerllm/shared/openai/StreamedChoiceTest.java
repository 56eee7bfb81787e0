package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a slow consumer comes in order, and text that comes one after the other comes as one event. */
class StreamedChoiceTest {
    private final StreamedChoice choice = new StreamedChoice(
            new ChunkWriter(ChunkEnvelope.of("chat.completion.chunk", "chatcmpl-1", 7, "\"m\"", false), 2));

    @Test
    void keepsTheOrderOfWhatWaits() {
        choice.keepText(bytes("a"));
        choice.keepText(bytes("b"));
        choice.keepPieces(List.of(new AnswerPiece.Call(0, "call_1", "add"), new AnswerPiece.Arguments(0, bytes("{}"))));
        choice.keepText(bytes("c"));
        assertThat(choice.unreadBytes()).isPositive();

        List<JsonNode> events = events(choice.finish(FinishReason.TOOL_CALLS, Optional.of("{}")));

        assertThat(events)
                .extracting(event -> event.at("/choices/0/index").asInt())
                .containsOnly(2);
        assertThat(events)
                .extracting(event -> event.at("/choices/0/delta").toString())
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\"}",
                        "{\"content\":\"ab\"}",
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"add\","
                                + "\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}",
                        "{\"content\":\"c\"}",
                        "{}");
        assertThat(choice.unreadBytes()).isZero();
    }

    @Test
    void logProbabilitiesGoWithTheFirstPieceBesideThem() {
        List<JsonNode> events = events(choice.pieces(List.of(
                new AnswerPiece.Logprobs(bytes("{\"token\":\"a\"}")),
                new AnswerPiece.Text(bytes("a")),
                new AnswerPiece.Text(bytes("b")))));

        assertThat(events).hasSize(3);
        assertThat(events.get(1).at("/choices/0/logprobs"))
                .hasToString("{\"content\":[{\"token\":\"a\"}],\"refusal\":null}");
        assertThat(events.get(2).at("/choices/0/logprobs").isNull()).isTrue();
    }

    private static List<JsonNode> events(byte[] stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : new String(stream, StandardCharsets.UTF_8).split("\n\n")) {
            events.add(JsonMapper.shared().readTree(event.substring("data: ".length())));
        }
        return events;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
