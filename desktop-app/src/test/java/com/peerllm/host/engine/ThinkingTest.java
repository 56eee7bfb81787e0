package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that thinks before it answers: told apart, bounded, and never without an answer. */
class ThinkingTest {
    private static final String STORY = "[{\"role\":\"user\",\"content\":\"Tell me a story about an owl and a map.\"}]";
    private static final String CLOSE = "</think>";

    private static Engine engine;

    @BeforeAll
    static void start(@TempDir Path folder) {
        engine = TestEngines.ready(
                TestEngines.oneSlot(TestEngines.withTemplate(TestTemplates.THINKING, folder.resolve("thinking.gguf"))));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void theModelSaysThatItThinks() {
        assertThat(TestEngines.facts(engine).features())
                .contains("chat", "reasoning")
                .doesNotContain("tools");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void theBudgetEndsTheThinkingAndAnAnswerFollows(int budget) {
        Reasoning bounded = new Reasoning(Optional.empty(), OptionalInt.of(budget));
        HeardAnswer heard = answer(engine, endless(bounded).atMost(120));

        String unbounded =
                answer(engine, endless(Reasoning.DEFAULT).atMost(120)).said(Channel.REASONING);
        assertThat(unbounded).startsWith(heard.said(Channel.REASONING));
        assertThat(heard.said(Channel.REASONING).isEmpty()).isEqualTo(budget == 0);
        assertThat(heard.text()).isNotBlank().doesNotContain("think>");
        assertThat(thoughtTokens(heard)).isEqualTo(budget);
    }

    @Test
    void withoutABudgetAQuarterIsKeptForTheAnswer() {
        // A model that would think for ever: what ends an answer is forbidden.
        HeardAnswer heard = answer(engine, endless(Reasoning.DEFAULT).atMost(200));

        assertThat(heard.finish()).isEqualTo(new Finish(Finish.Reason.LENGTH, 200));
        assertThat(heard.said(Channel.REASONING)).isNotBlank();
        assertThat(heard.text()).isNotBlank();
        int answerTokens = 200 - thoughtTokens(heard) - endingTokens();
        assertThat(answerTokens).isBetween(64, 70);
    }

    @Test
    void aShortAnswerKeepsHalfOfItsTokensForTheAnswer() {
        HeardAnswer heard = answer(engine, endless(Reasoning.DEFAULT).atMost(60));

        assertThat(60 - thoughtTokens(heard) - endingTokens()).isEqualTo(30);
        assertThat(heard.text()).isNotBlank();
    }

    @Test
    void anEndInsideTheThinkingBecomesTheEndOfTheThinking() {
        HeardAnswer heard = answer(engine, request(Reasoning.DEFAULT));

        assertThat(heard.finish().reason()).isEqualTo(Finish.Reason.STOP);
        assertThat(heard.said(Channel.REASONING)).isNotBlank();
        assertThat(heard.finish().completionTokens()).isEqualTo(heard.ids().size());
        assertThat(textOf(heard.ids())).contains(CLOSE);
        assertThat(thoughtTokens(heard)).isLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20})
    void goesOnAtEveryCutThatABudgetEnds(int budget) {
        Reasoning bounded = new Reasoning(Optional.empty(), OptionalInt.of(budget));
        for (Sampling sampling : List.of(Sampling.greedy(), Sampling.of(0.9).withSeed(3)))
            // In one scope the beginning is computed once: computed in other steps, its last bits can differ.
            assertGoesOnAtEveryCut(
                    request(bounded).with(endless(sampling)).atMost(50).inScope("cuts"));
    }

    @Test
    void goesOnAfterEveryFrameWhenTheModelEndedInsideItsThinking() {
        for (Sampling sampling : List.of(
                Sampling.greedy(),
                Sampling.of(0.9).withSeed(3),
                new Sampling(0.9, 1, 0, 0, 0.5, 0, 1, OptionalLong.of(3), Map.of()))) {
            GenerationRequest request =
                    request(Reasoning.DEFAULT).with(sampling).atMost(150).inScope("frames");
            answer(engine, request).finish();
            HeardAnswer whole = answer(engine, request);
            whole.finish();

            int cut = 0;
            for (int frame = 0; frame < whole.frames().size(); frame++) {
                assertGoesOn(request, whole, cut, frame);
                cut += whole.frames().get(frame);
            }
        }
    }

    @Test
    void aFormBeginsBehindTheThinking() {
        Reasoning short_ = new Reasoning(Optional.empty(), OptionalInt.of(6));
        for (int seed = 1; seed <= 10; seed++) {
            GenerationRequest request = request(short_)
                    .with(Sampling.of(1.2).withSeed(seed))
                    .atMost(100)
                    .in(new ResponseFormat.JsonObject());
            HeardAnswer heard = answer(engine, request);
            assertThat(heard.text()).startsWith("{");
            assertThat(heard.said(Channel.REASONING)).doesNotStartWith("{");
            assertThat(thoughtTokens(heard)).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void thinkingIsSwitchedByTheTemplate(@TempDir Path folder) {
        try (Engine switched =
                TestEngines.ready(TestEngines.withTemplate(TestTemplates.SWITCHED, folder.resolve("switched.gguf")))) {
            Prompt asked = new Prompt.Chat(STORY);
            Prompt off = new Prompt.Chat(
                    STORY, Optional.empty(), new Reasoning(Optional.of(Reasoning.Effort.NONE), OptionalInt.empty()));
            List<Integer> open = switched.tokenize(asked).join();
            List<Integer> closed = switched.tokenize(off).join();

            assertThat(closed).hasSizeGreaterThan(open.size());
            HeardAnswer heard = answer(switched, GenerationRequest.of(off).atMost(20));
            assertThat(heard.text()).isNotBlank();
            assertThat(heard.said(Channel.REASONING)).isEmpty();
            for (int seed = 1; seed <= 10; seed++)
                assertThat(answer(
                                        switched,
                                        GenerationRequest.of(off)
                                                .with(Sampling.of(1.2).withSeed(seed))
                                                .in(new ResponseFormat.JsonObject())
                                                .atMost(20))
                                .said(Channel.REASONING))
                        .isEmpty();
        }
    }

    /** This template opens the thinking whatever it is told. */
    @Test
    void whoAsksForNoThinkingGetsNone() {
        Reasoning none = new Reasoning(Optional.of(Reasoning.Effort.NONE), OptionalInt.empty());
        for (int seed = 1; seed <= 10; seed++) {
            HeardAnswer heard = answer(
                    engine,
                    request(none)
                            .with(Sampling.of(1.2).withSeed(seed))
                            .in(new ResponseFormat.JsonObject())
                            .atMost(60));
            assertThat(heard.said(Channel.REASONING)).isEmpty();
            assertThat(heard.text()).startsWith("{");
        }
    }

    private static void assertGoesOnAtEveryCut(GenerationRequest request) {
        answer(engine, request).finish();
        HeardAnswer whole = answer(engine, request);
        for (int cut = 0; cut <= whole.idsAtTheEnd().size(); cut++) {
            HeardAnswer rest = answer(engine, request.after(whole.ids().subList(0, cut)));
            assertThat(rest.idsAtTheEnd())
                    .as("cut at %d", cut)
                    .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
            assertThat(rest.finish()).as("cut at %d", cut).isEqualTo(whole.finish());
            for (Channel channel : List.of(Channel.REASONING, Channel.CONTENT))
                assertThat(whole.said(channel)).as("cut at %d", cut).endsWith(rest.said(channel));
        }
    }

    private static void assertGoesOn(GenerationRequest request, HeardAnswer whole, int cut, int frame) {
        HeardAnswer rest = answer(engine, request.after(whole.ids().subList(0, cut)));

        assertThat(rest.idsAtTheEnd())
                .as("cut at %d", cut)
                .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
        for (Channel channel : List.of(Channel.REASONING, Channel.CONTENT))
            assertThat(whole.saidBefore(frame, channel) + rest.said(channel))
                    .as("cut at %d", cut)
                    .isEqualTo(whole.said(channel));
    }

    private static GenerationRequest request(Reasoning reasoning) {
        return GenerationRequest.of(new Prompt.Chat(STORY, Optional.empty(), reasoning));
    }

    private static GenerationRequest endless(Reasoning reasoning) {
        return request(reasoning).with(endless(Sampling.greedy()));
    }

    /** What ends an answer is forbidden. */
    private static Sampling endless(Sampling sampling) {
        int end = TestEngines.facts(engine).eosToken();
        return new Sampling(sampling.temperature(), 1, 0, 0, 0, 0, 1, sampling.seed(), Map.of(end, -100.0));
    }

    /** The tokens before those of the ending that the engine writes. */
    private static int thoughtTokens(HeardAnswer heard) {
        for (int i = 0; i <= heard.idsAtTheEnd().size(); i++)
            if (textOf(heard.ids().subList(0, i)).contains(CLOSE)) {
                int last = endingIds().lastIndexOf(heard.ids().get(i - 1)) + 1;
                return i - last;
            }
        throw new AssertionError("The thinking did not end");
    }

    private static int endingTokens() {
        return endingIds().size();
    }

    private static List<Integer> endingIds() {
        List<Integer> ids = engine.tokenize(new Prompt.Text("\n" + CLOSE)).join();
        int bos = TestEngines.facts(engine).bosToken();
        return ids.getFirst() == bos ? ids.subList(1, ids.size()) : ids;
    }

    private static String textOf(List<Integer> ids) {
        return engine.detokenize(ids).join();
    }
}
