package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.wire.AnswerChunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log probabilities of an answer's tokens, from the real engine. */
class LogprobsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final GenerationRequest SUM = GenerationRequest.of(ask("What is 12 + 7?"));

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void everyTokenBringsItsOwnEntryAndNothingElseChanges() {
        HeardAnswer plain = answer(engine, SUM);
        String text = plain.text();
        HeardAnswer detailed = answer(engine, SUM.withLogprobs(3));

        assertThat(detailed.text()).isEqualTo(text);
        assertThat(plain.chunks())
                .allSatisfy(chunk -> assertThat(chunk.parted()).isFalse());
        List<JsonNode> entries = entries(detailed);
        assertThat(entries).hasSameSizeAs(detailed.ids());
        assertThat(bytes(entries)).isEqualTo(text);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.get("top_logprobs")).hasSize(3);
            // A greedy answer takes the most likely token.
            assertThat(entry.get("top_logprobs").get(0).get("token")).isEqualTo(entry.get("token"));
            assertThat(entry.get("logprob").floatValue()).isLessThanOrEqualTo(0);
        });
    }

    @Test
    void withoutAlternativesTheChosenTokenStandsAlone() {
        assertThat(entries(answer(engine, SUM.withLogprobs(0))))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.get("top_logprobs")).isEmpty());
    }

    @Test
    void theyAreTheModelsOwnWhateverTheSamplingDoesToThem() {
        HeardAnswer greedy = answer(engine, SUM.withLogprobs(2).atMost(1));
        int chosen = greedy.idsAtTheEnd().getFirst();
        Sampling forced = new Sampling(0.3, 1, 0, 0, 0, 0, 1, OptionalLong.of(1), Map.of(chosen + 1, 90.0));
        HeardAnswer other = answer(engine, SUM.withLogprobs(2).atMost(1).with(forced));

        assertThat(other.idsAtTheEnd()).containsExactly(chosen + 1);
        JsonNode natural = entries(greedy).getFirst();
        JsonNode unlikely = entries(other).getFirst();
        assertThat(unlikely.get("top_logprobs")).isEqualTo(natural.get("top_logprobs"));
        assertThat(unlikely.get("logprob").floatValue())
                .isLessThan(natural.get("logprob").floatValue());
    }

    @Test
    void textThatIsHeldBackDoesNotHoldThemBack() {
        String text = answer(engine, SUM).text();
        HeardAnswer stopped = answer(
                engine, SUM.withLogprobs(0).stoppingAt(text.substring(0, 9) + "?", text.substring(3, text.length())));

        assertThat(stopped.text()).isEqualTo(text.substring(0, 3));
        assertThat(stopped.chunks()).as("one for each token").hasSameSizeAs(stopped.ids());
        assertThat(stopped.chunks()).allSatisfy(chunk -> assertThat(part(chunk)).isNotNull());
        assertThat(stopped.chunks())
                .anySatisfy(chunk -> assertThat(chunk.text()).isEmpty());
    }

    @Test
    void aPartOfACharacterIsGivenInBytes() {
        List<Integer> emoji = engine.tokenize(new Prompt.Text("😀")).join();
        int firstByte = emoji.get(emoji.size() - 4);
        Sampling forced = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(firstByte, 1000.0));
        JsonNode entry = entries(answer(engine, SUM.withLogprobs(0).atMost(1).with(forced)))
                .getFirst();

        assertThat(entry.get("token").stringValue()).isEqualTo("\uFFFD");
        assertThat(entry.get("bytes")).hasSize(1);
        assertThat(entry.get("bytes").get(0).intValue()).isEqualTo(0xF0);
    }

    @Test
    void whatWasDeliveredElsewhereHasHadItsOwnAlready() {
        HeardAnswer whole = answer(engine, SUM.withLogprobs(2));
        List<JsonNode> all = entries(whole);
        HeardAnswer rest = answer(engine, SUM.withLogprobs(2).after(whole.ids().subList(0, 4)));

        assertThat(entries(rest).stream().map(entry -> entry.get("token")))
                .containsExactlyElementsOf(all.subList(4, all.size()).stream()
                        .map(entry -> entry.get("token"))
                        .toList());
    }

    private static List<JsonNode> entries(HeardAnswer answer) {
        answer.finish();
        List<JsonNode> entries = new ArrayList<>();
        for (AnswerChunk chunk : answer.chunks())
            if (part(chunk) != null) part(chunk).forEach(entries::add);
        return entries;
    }

    private static JsonNode part(AnswerChunk chunk) {
        return chunk.parts().stream()
                .filter(part -> part.channel() == AnswerChunk.Channel.LOGPROBS)
                .map(part -> JSON.readTree(part.utf8()))
                .findFirst()
                .orElse(null);
    }

    private static String bytes(List<JsonNode> entries) {
        byte[] all = new byte[4096];
        int length = 0;
        for (JsonNode entry : entries) for (JsonNode b : entry.get("bytes")) all[length++] = (byte) b.intValue();
        return new String(all, 0, length, StandardCharsets.UTF_8);
    }
}
