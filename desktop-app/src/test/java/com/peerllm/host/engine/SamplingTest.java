package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.wire.AnswerChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each setting does to the model's distribution what it says; the log probabilities show what was chosen from. */
class SamplingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double HOT = 4;

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
    void topKChoosesAmongTheMostLikelyOnly() {
        assertCutsOff(new Sampling(HOT, 1, 3, 0, 0, 0, 1, OptionalLong.of(1), Map.of()), entry -> place(entry) < 3);
    }

    @Test
    void topPChoosesAmongThoseThatTogetherReachIt() {
        assertCutsOff(
                new Sampling(HOT, 0.9, 0, 0, 0, 0, 1, OptionalLong.of(2), Map.of()), entry -> likelier(entry) <= 0.9);
    }

    @Test
    void minPChoosesAmongThoseNearlyAsLikelyAsTheMostLikely() {
        assertCutsOff(
                new Sampling(HOT, 1, 0, 0.1, 0, 0, 1, OptionalLong.of(3), Map.of()),
                entry -> probability(entry) >= 0.0999 * probability(alternative(entry, 0)));
    }

    @Test
    void aLargePenaltyKeepsEveryTokenFromComingTwice() {
        Map<Integer, Double> goesOn = Map.of(TestEngines.facts(engine).eosToken(), -100.0);
        for (Sampling punished : List.of(
                new Sampling(0, 1, 0, 0, 100, 0, 1, OptionalLong.empty(), goesOn),
                new Sampling(0, 1, 0, 0, 0, 100, 1, OptionalLong.empty(), goesOn)))
            assertThat(idsWith(punished)).doesNotHaveDuplicates().hasSize(60);
        Sampling free = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), goesOn);
        assertThat(idsWith(free).stream().distinct().count()).isLessThan(60);
    }

    @Test
    void aRepeatPenaltyMakesTokensThatCameBeforeRarer() {
        Map<Integer, Double> goesOn = Map.of(TestEngines.facts(engine).eosToken(), -100.0);
        Sampling free = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), goesOn);
        Sampling punished = new Sampling(0, 1, 0, 0, 0, 0, 3, OptionalLong.empty(), goesOn);

        assertThat(idsWith(punished).stream().distinct().count())
                .isGreaterThan(idsWith(free).stream().distinct().count());
    }

    @Test
    void biasForbidsAndForces() {
        List<Integer> free = idsWith(Sampling.greedy());
        Map<Integer, Double> forbidden = new HashMap<>();
        free.forEach(id -> forbidden.put(id, -100.0));

        assertThat(idsWith(new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), forbidden)))
                .doesNotContainAnyElementsOf(free);
        assertThat(idsWith(new Sampling(1, 1, 0, 0, 0, 0, 1, OptionalLong.of(4), Map.of(555, 90.0))))
                .containsOnly(555);
    }

    /** The choice stays within what the setting leaves, and would not without it. */
    private static void assertCutsOff(Sampling cut, Predicate<JsonNode> within) {
        Sampling whole = Sampling.of(cut.temperature()).withSeed(cut.seed().orElseThrow());

        assertThat(entries(cut)).hasSizeGreaterThan(20).allMatch(within);
        assertThat(entries(whole)).anyMatch(within.negate());
        assertThat(entries(cut)).as("there is a choice").anyMatch(entry -> place(entry) > 0);
    }

    private static List<Integer> idsWith(Sampling sampling) {
        return answer(engine, request(sampling)).idsAtTheEnd();
    }

    private static List<JsonNode> entries(Sampling sampling) {
        HeardAnswer answer = answer(engine, request(sampling).withLogprobs(20));
        answer.finish();
        List<JsonNode> entries = new ArrayList<>();
        for (AnswerChunk chunk : answer.chunks())
            for (AnswerChunk.Part part : chunk.parts())
                if (part.channel() == AnswerChunk.Channel.LOGPROBS)
                    JSON.readTree(part.utf8()).forEach(entries::add);
        return entries;
    }

    private static GenerationRequest request(Sampling sampling) {
        return GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .with(sampling)
                .atMost(60);
    }

    /** Where the chosen token stands among the most likely ones; 20 when it is not among these. */
    private static int place(JsonNode entry) {
        for (int i = 0; i < 20; i++) if (alternative(entry, i).get("logprob").equals(entry.get("logprob"))) return i;
        return 20;
    }

    /** How likely all the tokens before the chosen one are together. */
    private static double likelier(JsonNode entry) {
        double sum = 0;
        for (int i = 0; i < place(entry); i++) sum += probability(alternative(entry, i));
        return sum;
    }

    private static JsonNode alternative(JsonNode entry, int place) {
        return entry.get("top_logprobs").get(place);
    }

    private static double probability(JsonNode entry) {
        return Math.exp(entry.get("logprob").doubleValue());
    }
}
