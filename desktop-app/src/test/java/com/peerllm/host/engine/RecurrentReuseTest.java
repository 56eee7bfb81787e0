package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that cannot forget a part of a sequence computes a prompt from its start, unless the prompt goes on where it is. */
class RecurrentReuseTest {
    private static final List<Integer> PROMPT =
            IntStream.range(0, 200).mapToObj(i -> 300 + i * i % 400).toList();

    private static Engine engine;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Path model = RecurrentModel.write(TestEngines.starterModel(), folder.resolve("mamba.gguf"));
        engine = TestEngines.ready(
                EngineOptions.of(model, TestEngines.natives()).withSlots(4, 768).withThreads(1));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void theSamePromptAgainIsComputedFromItsStart() {
        List<Integer> alone = answer(engine, request(PROMPT)).idsAtTheEnd();
        assertThat(answer(engine, request(PROMPT.subList(0, 150))).idsAtTheEnd())
                .as("the prompt matters")
                .isNotEqualTo(alone);
        HeardAnswer first = answer(engine, request(PROMPT).inScope("again"));
        assertThat(first.idsAtTheEnd()).isEqualTo(alone);
        HeardAnswer again = answer(engine, request(PROMPT).inScope("again"));

        assertThat(again.idsAtTheEnd()).isEqualTo(alone);
        assertThat(again.cachedTokens()).isZero();
    }

    @Test
    void aPromptThatGoesOnWhereAnAnswerEndedReusesAll() {
        HeardAnswer first = answer(engine, request(PROMPT).inScope("on"));
        List<Integer> next = new ArrayList<>(PROMPT);
        next.addAll(first.idsAtTheEnd());
        next.addAll(List.of(310, 320, 330));
        HeardAnswer second = answer(engine, request(next).inScope("on"));

        assertThat(second.idsAtTheEnd()).isEqualTo(answer(engine, request(next)).idsAtTheEnd());
        // The answer's last token was chosen and not computed.
        assertThat(second.cachedTokens()).isEqualTo(PROMPT.size() + first.ids().size() - 1);
    }

    @Test
    void answersToOnePromptAtTheSameTimeDoNotDisturbEachOther() {
        List<Integer> alone = answer(engine, request(PROMPT)).idsAtTheEnd();
        List<HeardAnswer> together = new ArrayList<>();
        for (int i = 0; i < 4; i++) together.add(answer(engine, request(PROMPT).inScope("together")));

        assertThat(together).allSatisfy(one -> assertThat(one.idsAtTheEnd()).isEqualTo(alone));
        assertThat(together).allSatisfy(one -> assertThat(one.cachedTokens()).isZero());
    }

    private static GenerationRequest request(List<Integer> ids) {
        Map<Integer, Double> goesOn = Map.of(TestEngines.facts(engine).eosToken(), -100.0);
        return GenerationRequest.of(new Prompt.Tokens(ids))
                .atMost(20)
                .with(new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), goesOn));
    }
}
