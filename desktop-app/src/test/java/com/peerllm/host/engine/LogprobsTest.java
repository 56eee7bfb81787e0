package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /**
     * What {@code llama-server} of llama.cpp v0.5.0 answers for the same question with the starter model, {@code "temperature":
     * 0, "logprobs": true, "top_logprobs": 3} (one thread, Linux x64, 2026-11-22): token, its log probability, then the
     * alternatives. Processors round differently, so the last digits are not compared. llama-server also lists the token that
     * ended the answer, which is no part of it and has no id here.
     */
    private static final String LLAMA_SERVERS = """
            1|-0.00110| 1|-0.00110| 2|-7.0258| The|-9.0766
            2|-0.01297| 2|-0.01297| 1|-4.9045| _+|-5.9396
            _+|-0.00074| _+|-0.00074| _-|-7.6031| rout|-9.3879
            _|-0.00027| _|-0.00027| _cl|-8.9597| _hard|-10.7792
            7|-0.00050| 7|-0.00050| 9|-8.3231| 5|-8.8175
            _=|-0.00022| _=|-0.00022| _+|-9.8516| 1|-9.9383
            _|-0.00036| _|-0.00036| _?|-8.2325| _down|-11.0510
            1|-0.31925| 1|-0.31925| 2|-1.3461| 9|-5.7514
            9|-0.39112| 9|-0.39112| 1|-1.6808| 7|-2.8363
            .|-0.00108| .|-0.00108| ,|-7.3701| ?|-8.2407
            """;

    @Test
    void theyAreThoseOfLlamaCppsServer() {
        List<JsonNode> entries = entries(answer(engine, SUM.withLogprobs(3)));
        List<String> expected = LLAMA_SERVERS.lines().toList();

        assertThat(entries).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String[] fields = expected.get(i).replace(" ", "").replace('_', ' ').split("\\|");
            assertSame(entries.get(i), fields[0], fields[1]);
            for (int j = 0; j < 3; j++)
                assertSame(entries.get(i).get("top_logprobs").get(j), fields[2 + 2 * j], fields[3 + 2 * j]);
        }
    }

    private static void assertSame(JsonNode entry, String token, String logprob) {
        assertThat(entry.get("token").stringValue()).isEqualTo(token);
        assertThat(entry.get("logprob").doubleValue())
                .as("log probability of '%s'", token)
                .isCloseTo(Double.parseDouble(logprob), within(0.02));
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
