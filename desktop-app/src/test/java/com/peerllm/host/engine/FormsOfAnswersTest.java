package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.openai.ResponseFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that must be JSON are JSON, whatever the model would like to say. */
class FormsOfAnswersTest {
    private static final GenerationRequest OWL =
            GenerationRequest.of(ask("Tell me a story about an owl and a map.")).atMost(200);
    private static final JsonMapper JSON = new JsonMapper();

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.oneSlot(TestEngines.starterOptions()));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void anAnswerThatMustBeAnObjectIsOneAtAnyTemperature() {
        int ended = 0;
        for (int seed = 1; seed <= 20; seed++) {
            HeardAnswer heard = answer(engine, lively(seed).in(new ResponseFormat.JsonObject()));
            assertThat(heard.text()).startsWith("{");
            if (heard.finish().reason() != Finish.Reason.STOP) continue;
            ended++;
            JsonNode object = JSON.readTree(heard.text());
            assertThat(object.isObject()).isTrue();
        }
        assertThat(ended).isPositive();
    }

    /**
     * In one scope, so that the beginning is computed once: computed again as a prompt, its numbers differ in their last digits,
     * and at a high temperature another token can follow.
     */
    @Test
    void goesOnInItsFormAtEveryCutWhenSeeded() {
        GenerationRequest request = IntStream.rangeClosed(1, 50)
                .mapToObj(seed -> lively(seed).atMost(60).inScope("one").in(new ResponseFormat.JsonObject()))
                .filter(one -> answer(engine, one).idsAtTheEnd().size() > 40)
                .findFirst()
                .orElseThrow();
        HeardAnswer whole = answer(engine, request);

        for (int cut = 0; cut <= whole.idsAtTheEnd().size(); cut++) {
            HeardAnswer rest = answer(engine, request.after(whole.idsAtTheEnd().subList(0, cut)));
            assertThat(rest.idsAtTheEnd())
                    .as("cut at %d", cut)
                    .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
            assertThat(rest.finish()).as("cut at %d", cut).isEqualTo(whole.finish());
        }
    }

    @Test
    void deliveredTokensOfAnotherFormAreRefusedAndTheEngineLivesOn() {
        List<Integer> story = answer(engine, OWL.atMost(5)).idsAtTheEnd();
        HeardAnswer refused = answer(engine, OWL.after(story).in(new ResponseFormat.JsonObject()));

        assertThat(refused.failure().code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(answer(engine, OWL.atMost(5)).idsAtTheEnd()).isEqualTo(story);
    }

    @Test
    void aBiasThatForbidsTheFormIsASentenceAndTheEngineLivesOn() {
        Sampling free = Sampling.greedy();
        Map<Integer, Double> bias = new HashMap<>();
        int vocabulary = TestEngines.facts(engine).vocabularySize();
        for (int token = 0; token < vocabulary; token++) bias.put(token, -100.0);
        Sampling forbidding = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), bias);
        HeardAnswer refused = answer(engine, OWL.with(forbidding).in(new ResponseFormat.JsonObject()));

        assertThat(refused.failure().code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(answer(engine, OWL.with(free).atMost(5)).idsAtTheEnd()).hasSize(5);
    }

    private static GenerationRequest lively(int seed) {
        return OWL.with(Sampling.of(1.5).withSeed(seed));
    }
}
