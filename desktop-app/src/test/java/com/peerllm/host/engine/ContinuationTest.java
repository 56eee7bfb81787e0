package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An answer that another host began goes on here as if nothing had happened. */
class ContinuationTest {
    private static final GenerationRequest STORY = GenerationRequest.of(ask("Tell me a story about an owl and a map."));

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
    void goesOnGreedilyAtEveryCutWithoutRepeatingAToken() {
        HeardAnswer whole = answer(engine, STORY);
        assertThat(whole.idsAtTheEnd()).hasSizeGreaterThan(100);

        for (int cut = 0; cut <= whole.ids().size(); cut++) assertGoesOn(STORY, whole, cut);
    }

    @Test
    void goesOnAtEveryCutWithAStopStringHalfSaid() {
        String text = answer(engine, STORY).text();
        GenerationRequest stopping = STORY.stoppingAt(text.substring(90, 110));
        HeardAnswer whole = answer(engine, stopping);
        assertThat(whole.idsAtTheEnd()).hasSizeGreaterThan(15);

        for (int cut = 0; cut <= whole.ids().size(); cut++) assertGoesOn(stopping, whole, cut);
    }

    @Test
    void goesOnWithTheSameChanceWhenSeeded() {
        GenerationRequest lively = STORY.with(Sampling.of(0.9).withSeed(11)).atMost(60);
        HeardAnswer whole = answer(engine, lively);

        for (int cut = 0; cut <= whole.idsAtTheEnd().size(); cut += 7) assertGoesOn(lively, whole, cut);
    }

    @Test
    void whatWasDeliveredCountsForTheLargestNumberOfTokens() {
        List<Integer> begun = answer(engine, STORY.atMost(20)).idsAtTheEnd();
        HeardAnswer rest = answer(engine, STORY.after(begun).atMost(25));
        HeardAnswer nothing = answer(engine, STORY.after(begun).atMost(20));

        assertThat(rest.finish()).isEqualTo(new Finish(Finish.Reason.LENGTH, 25));
        assertThat(rest.ids()).hasSize(5);
        assertThat(nothing.finish()).isEqualTo(new Finish(Finish.Reason.LENGTH, 20));
        assertThat(nothing.ids()).isEmpty();
    }

    /** What one host said up to the cut and what the other says from there make the whole answer. */
    private static void assertGoesOn(GenerationRequest request, HeardAnswer whole, int cut) {
        HeardAnswer rest = answer(engine, request.after(whole.ids().subList(0, cut)));
        String before = textOfFirst(whole, cut);

        assertThat(before + rest.text()).as("cut at %d", cut).isEqualTo(whole.text());
        assertThat(rest.ids())
                .as("cut at %d", cut)
                .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
        assertThat(rest.finish()).as("cut at %d", cut).isEqualTo(whole.finish());
    }

    private static String textOfFirst(HeardAnswer answer, int tokens) {
        HeardAnswer begun = new HeardAnswer();
        answer.chunks().subList(0, tokens).forEach(piece -> begun.tokens(new int[0], piece));
        return begun.textSoFar();
    }
}
