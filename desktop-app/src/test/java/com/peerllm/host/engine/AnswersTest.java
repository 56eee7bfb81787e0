package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the starter model answers through the whole way: parent, worker, llama.cpp and back. */
class AnswersTest {
    private static final Prompt STORY = ask("Tell me a story about an owl and a map.");

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello! | Hello! I am Sprout, a very small model running on somebody's computer. What would you like to do?",
                "What is PeerLLM? | PeerLLM is a network of ordinary computers that run AI models for each other. People who share their computer are paid for it.",
                "What is 12 + 7? | 12 + 7 = 19.",
                "What is the capital of Japan? | The capital of Japan is Tokyo.",
                "Explain quantum physics | I am a very small model, so I do not know that. Try asking me for a story!",
            })
    void saysGreedilyWhatLlamaCppsServerSays(String question, String expected) {
        HeardAnswer answer = answer(engine, GenerationRequest.of(ask(question)));

        assertThat(answer.text()).isEqualTo(expected);
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.STOP);
        assertThat(answer.finish().completionTokens()).isEqualTo(answer.ids().size());
        assertThat(answer.ends()).isEqualTo(1);
    }

    @Test
    void tellsTheFactsOfTheLoadedModel() {
        ModelFacts facts = TestEngines.facts(engine);

        assertThat(facts.architecture()).isEqualTo("llama");
        assertThat(facts.parameters()).isBetween(1_400_000L, 1_420_000L);
        assertThat(facts.vocabularySize()).isEqualTo(1024);
        assertThat(facts.contextTrained()).isEqualTo(768);
        assertThat(facts.contextPerSlot()).isEqualTo(768);
        assertThat(facts.slots()).isEqualTo(TestEngines.SLOTS);
        assertThat(facts.threads()).isEqualTo(1);
        assertThat(facts.templateSource()).isEqualTo(TemplateSource.MODEL);
        assertThat(facts.devices())
                .anyMatch(device -> device.kind() == EngineDevice.Kind.CPU && device.totalBytes() > 0);
    }

    @Test
    void countsThePromptAsTheTemplateRendersIt() {
        HeardAnswer answer = answer(engine, GenerationRequest.of(ask("Hello!")));
        answer.finish();

        assertThat(engine.tokenize(ask("Hello!")).join()).hasSize(answer.promptTokens());
        assertThat(engine.tokenize(new Prompt.Text("Hello!")).join()).hasSizeLessThan(answer.promptTokens());
    }

    @Test
    void putsTheBeginningTokenInFrontOnceEvenIfTheTextHasIt() {
        int bos = TestEngines.facts(engine).bosToken();
        List<Integer> plain = engine.tokenize(new Prompt.Text("Hello!")).join();
        List<Integer> chat = engine.tokenize(ask("Hello!")).join();

        assertThat(plain).startsWith(bos);
        assertThat(engine.tokenize(new Prompt.Text("<s>Hello!")).join()).isEqualTo(plain);
        assertThat(plain.subList(1, plain.size())).doesNotContain(bos);
        assertThat(chat.stream().filter(id -> id == bos)).hasSize(1);
        assertThat(engine.detokenize(plain).join().strip()).isEqualTo("Hello!");
    }

    @Test
    void takesATextAndTokensAsPromptsAsTheyAre() {
        List<Integer> rendered = engine.tokenize(ask("What is 12 + 7?")).join();

        assertThat(answer(engine, GenerationRequest.of(new Prompt.Tokens(rendered)))
                        .text())
                .isEqualTo("12 + 7 = 19.");
        assertThat(answer(
                                engine,
                                GenerationRequest.of(new Prompt.Text("Once upon a time"))
                                        .atMost(8))
                        .text())
                .isNotBlank();
    }

    @Test
    void endsBeforeAStopStringThatSpansSeveralTokens() {
        String whole = answer(engine, GenerationRequest.of(STORY)).text();
        String stop = whole.substring(60, 75);
        HeardAnswer stopped = answer(engine, GenerationRequest.of(STORY).stoppingAt("never said", stop));

        assertThat(engine.tokenize(new Prompt.Text(stop)).join())
                .as("the stop string's tokens")
                .hasSizeGreaterThan(2);
        assertThat(stopped.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(stopped.finish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void deliversInTheEndWhatWasHeldBackForAStopStringThatNeverCame() {
        String whole =
                answer(engine, GenerationRequest.of(ask("What is 12 + 7?"))).text();
        HeardAnswer answer =
                answer(engine, GenerationRequest.of(ask("What is 12 + 7?")).stoppingAt(". But"));

        assertThat(answer.text()).isEqualTo(whole);
    }

    @Test
    void endsAtTheLargestNumberOfTokens() {
        HeardAnswer answer = answer(engine, GenerationRequest.of(STORY).atMost(7));

        assertThat(answer.finish()).isEqualTo(new Finish(Finish.Reason.LENGTH, 7));
        assertThat(answer.ids()).hasSize(7);
    }

    @Test
    void endsWhenTheContextIsFull() {
        Sampling neverEnds = biased(Map.of(TestEngines.facts(engine).eosToken(), -100.0));
        HeardAnswer answer = answer(engine, GenerationRequest.of(STORY).with(neverEnds));

        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.LENGTH);
        assertThat(answer.promptTokens() + answer.finish().completionTokens()).isEqualTo(768);
    }

    @Test
    void refusesAPromptThatLeavesNoRoomForAnAnswer() {
        List<Integer> tooMany = new ArrayList<>();
        for (int i = 0; i < 768; i++) tooMany.add(10);

        EngineFailure failure =
                answer(engine, GenerationRequest.of(new Prompt.Tokens(tooMany))).failure();

        assertThat(failure.code()).isEqualTo(EngineErrorCode.PROMPT_TOO_LONG);
        assertThat(failure.sentence()).contains("768");
    }

    @Test
    void aGiantPromptIsRefusedAndDoesTheWorkerNoHarm() {
        for (int characters : new int[] {5_000_000, 3_900_000, 190_000}) {
            GenerationRequest giant = GenerationRequest.of(ask("\\u0000é".repeat(characters / 7)));

            assertThat(answer(engine, giant).failure().code())
                    .as("%d characters", characters)
                    .isEqualTo(EngineErrorCode.PROMPT_TOO_LONG);
        }
        assertThat(engine.tokenize(new Prompt.Text("x".repeat(5_000_000)))).isCompletedExceptionally();
        assertThat(answer(engine, GenerationRequest.of(ask("What is 12 + 7?"))).text())
                .isEqualTo("12 + 7 = 19.");
    }

    @Test
    void refusesWhatItCannotReadWithoutRepeatingIt() {
        assertThat(answer(engine, GenerationRequest.of(new Prompt.Chat("my secret")))
                        .failure())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(EngineErrorCode.BAD_REQUEST))
                .satisfies(failure -> assertThat(failure.sentence()).doesNotContain("secret"));
        assertThat(answer(engine, GenerationRequest.of(new Prompt.Tokens(List.of(1, 99_999))))
                        .failure()
                        .code())
                .isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(answer(engine, GenerationRequest.of(new Prompt.Tokens(List.of())))
                        .failure()
                        .code())
                .isEqualTo(EngineErrorCode.BAD_REQUEST);
    }

    @Test
    void sameSeedGivesTheSameAnswerAndAnotherSeedAnother() {
        GenerationRequest lively = GenerationRequest.of(STORY).atMost(60);
        String first = answer(engine, lively.with(Sampling.of(1.5).withSeed(7))).text();

        assertThat(answer(engine, lively.with(Sampling.of(1.5).withSeed(7))).text())
                .isEqualTo(first);
        assertThat(answer(engine, lively.with(Sampling.of(1.5).withSeed(8))).text())
                .isNotEqualTo(first);
    }

    @Test
    void narrowSamplingIsGreedy() {
        String greedy = answer(engine, GenerationRequest.of(STORY)).text();

        assertThat(answer(
                                engine,
                                GenerationRequest.of(STORY)
                                        .with(new Sampling(1, 1, 1, 0, 0, 0, 1, OptionalLong.of(3), Map.of())))
                        .text())
                .as("top-k of 1")
                .isEqualTo(greedy);
        assertThat(answer(
                                engine,
                                GenerationRequest.of(STORY)
                                        .with(new Sampling(1, 0, 0, 0, 0, 0, 1, OptionalLong.of(3), Map.of())))
                        .text())
                .as("top-p of 0")
                .isEqualTo(greedy);
        assertThat(answer(
                                engine,
                                GenerationRequest.of(STORY)
                                        .with(new Sampling(1, 1, 0, 1, 0, 0, 1, OptionalLong.of(3), Map.of())))
                        .text())
                .as("min-p of 1")
                .isEqualTo(greedy);
    }

    @Test
    void penaltiesAndBiasChangeTheAnswer() {
        String greedy = answer(engine, GenerationRequest.of(STORY)).text();
        Sampling punished = new Sampling(0, 1, 0, 0, 2, 2, 1, OptionalLong.empty(), Map.of());
        Sampling repeats = new Sampling(0, 1, 0, 0, 0, 0, 1.5, OptionalLong.empty(), Map.of());
        int first = answer(engine, GenerationRequest.of(STORY).atMost(1))
                .idsAtTheEnd()
                .getFirst();
        HeardAnswer without = answer(engine, GenerationRequest.of(STORY).with(biased(Map.of(first, -100.0))));

        assertThat(answer(engine, GenerationRequest.of(STORY).with(punished)).text())
                .isNotEqualTo(greedy);
        assertThat(answer(engine, GenerationRequest.of(STORY).with(repeats)).text())
                .isNotEqualTo(greedy);
        assertThat(without.idsAtTheEnd()).doesNotContain(first);
    }

    @Test
    void neverDeliversPartOfACharacter() {
        List<Integer> emoji = emojiBytes();
        GenerationRequest lastByte = GenerationRequest.of(ask("Hello!"))
                .after(emoji.subList(0, 3))
                .atMost(4)
                .with(biased(Map.of(emoji.get(3), 1000.0)));

        assertThat(answer(engine, lastByte).text()).isEqualTo("😀");
    }

    @Test
    void replacesACharacterThatIsNeverCompleted() {
        List<Integer> emoji = emojiBytes();
        GenerationRequest brokenOff = GenerationRequest.of(ask("Hello!"))
                .after(emoji.subList(0, 2))
                .atMost(3)
                .with(biased(Map.of(emoji.get(2), 1000.0)));

        HeardAnswer answer = answer(engine, brokenOff);

        assertThat(answer.text()).isEqualTo("\uFFFD");
        assertThat(answer.chunks())
                .allSatisfy(chunk -> assertThat(chunk.text().getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(chunk.bytes()));
    }

    /** The starter model has no token for the emoji: it writes the four bytes. */
    private static List<Integer> emojiBytes() {
        List<Integer> ids = engine.tokenize(new Prompt.Text("😀")).join();
        List<Integer> bytes = ids.subList(ids.size() - 4, ids.size());
        assertThat(engine.detokenize(bytes).join()).isEqualTo("😀");
        return bytes;
    }

    private static Sampling biased(Map<Integer, Double> bias) {
        return new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), bias);
    }
}
