package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A prompt that begins like an earlier one of the same consumer is not computed again from the start. */
class PrefixReuseTest {
    private static final String FIRST_TURN =
            "{\"role\":\"user\",\"content\":\"Tell me a story about an owl and a map.\"}";

    private static final GenerationRequest LONG = prompt(numbers(600), List.of());

    private static Engine engine;

    /** A consumer whom no other test has. */
    private final String alice = "alice " + UUID.randomUUID();

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void theNextTurnOfAChatReusesTheTurnsBefore() {
        Prompt first = new Prompt.Chat("[" + FIRST_TURN + "]");
        String story =
                answer(engine, GenerationRequest.of(first).inScope(alice)).text();
        Prompt second = new Prompt.Chat(
                "[" + FIRST_TURN + ",{\"role\":\"assistant\",\"content\":" + new JsonMapper().writeValueAsString(story)
                        + "},{\"role\":\"user\",\"content\":\"What is 12 + 7?\"}]");
        HeardAnswer fresh = answer(engine, GenerationRequest.of(second));
        String freshText = fresh.text();
        HeardAnswer cached = answer(engine, GenerationRequest.of(second).inScope(alice));

        assertThat(cached.text()).isEqualTo(freshText);
        assertThat(fresh.cachedTokens()).isZero();
        assertThat(cached.cachedTokens()).isGreaterThan(20).isLessThan(cached.promptTokens());
    }

    @Test
    void theSamePromptAgainComputesItsLastTokenOnly() {
        GenerationRequest request = GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .inScope(alice);
        HeardAnswer first = answer(engine, request);
        String text = first.text();
        HeardAnswer second = answer(engine, request);

        assertThat(second.text()).isEqualTo(text);
        assertThat(first.cachedTokens()).isZero();
        assertThat(second.cachedTokens()).isEqualTo(second.promptTokens() - 1);
    }

    @Test
    void nothingIsSharedBetweenConsumers() {
        GenerationRequest request = GenerationRequest.of(ask("Tell me a story about an owl and a map."));
        String text = answer(engine, request.inScope(alice)).text();
        for (GenerationRequest foreign :
                List.of(request.inScope("bob"), request.inScope(""), request.inScope(alice + " "), request, request)) {
            HeardAnswer answer = answer(engine, foreign);

            assertThat(answer.text()).isEqualTo(text);
            assertThat(answer.cachedTokens()).as("%s", foreign.cacheScope()).isZero();
        }
    }

    @Test
    void nothingIsSharedBetweenConsumersAtTheSameTime() {
        List<HeardAnswer> together = new ArrayList<>();
        for (String scope : List.of(alice, "bob", "eve")) together.add(answer(engine, LONG.inScope(scope)));
        for (int i = 0; i < 3; i++) together.add(answer(engine, LONG));

        together.forEach(HeardAnswer::finish);
        assertThat(together).allSatisfy(one -> assertThat(one.cachedTokens()).isZero());
    }

    @Test
    void manyAnswersToOnePromptReadItOnce() {
        String alone = answer(engine, LONG).text();
        List<HeardAnswer> together = new ArrayList<>();
        for (int i = 0; i < TestEngines.SLOTS; i++) together.add(answer(engine, LONG.inScope(alice)));

        assertThat(together).allSatisfy(one -> assertThat(one.text()).isEqualTo(alone));
        assertThat(together.stream().map(HeardAnswer::cachedTokens))
                .containsExactlyInAnyOrder(0, 599, 599, 599, 599, 599, 599, 599);
    }

    @Test
    void simultaneousChatsReadTheirCommonBeginningOnce() {
        List<GenerationRequest> chats = IntStream.range(0, 5)
                .mapToObj(i -> prompt(numbers(500), numbers(40 + i)))
                .toList();
        List<String> alone =
                chats.stream().map(chat -> answer(engine, chat).text()).toList();
        List<HeardAnswer> together =
                chats.stream().map(chat -> answer(engine, chat.inScope(alice))).toList();

        assertThat(together.stream().map(HeardAnswer::text)).isEqualTo(alone);
        assertThat(together.getFirst().cachedTokens()).isZero();
        assertThat(together.stream().skip(1))
                .allSatisfy(one -> assertThat(one.cachedTokens()).isGreaterThanOrEqualTo(500));
    }

    @Test
    void aNewPromptTakesItsBeginningFromAnAnswerThatIsStillMadeAndDisturbsItNot() {
        GenerationRequest other =
                prompt(numbers(600).subList(0, 500), numbers(3)).atMost(60);
        String otherAlone = answer(engine, other).text();
        GenerationRequest running = LONG.with(neverEnding()).atMost(150);
        String runningAlone = answer(engine, running).text();

        HeardAnswer first = answer(engine, running.inScope(alice));
        first.awaitFirstTokens();
        HeardAnswer second = answer(engine, other.inScope(alice));

        assertThat(second.text()).isEqualTo(otherAlone);
        assertThat(second.cachedTokens()).isEqualTo(500);
        assertThat(first.text()).isEqualTo(runningAlone);
    }

    @Test
    void aChatKeepsItsPlaceWhenAnotherOneWithTheSameBeginningComes() {
        GenerationRequest chat = prompt(numbers(300), numbers(200)).inScope(alice);
        answer(engine, chat).finish();
        HeardAnswer another = answer(engine, prompt(numbers(300), numbers(7)).inScope(alice));
        another.finish();
        HeardAnswer again = answer(engine, chat);
        again.finish();

        assertThat(another.cachedTokens()).isEqualTo(300);
        assertThat(again.cachedTokens()).isEqualTo(499);
    }

    @Test
    void theLeftoversThatWereUsedLongestAgoGoFirst() {
        for (int i = 0; i <= TestEngines.SLOTS; i++) {
            if (i == TestEngines.SLOTS) assertThat(cachedOf(0)).as("used again").isEqualTo(99);
            answer(engine, chatOf(i)).finish();
        }
        assertThat(cachedOf(1)).as("used longest ago").isZero();
        assertThat(cachedOf(0)).isEqualTo(99);
        assertThat(cachedOf(TestEngines.SLOTS)).isEqualTo(99);
    }

    @Test
    void aCancelledAnswerLeavesItsPromptToTheNextTry() {
        HeardAnswer cancelled = new HeardAnswer();
        Generation generation = engine.generate(LONG.with(neverEnding()).inScope(alice), cancelled);
        cancelled.awaitFirstTokens();
        generation.cancel();
        cancelled.finish();
        HeardAnswer again = answer(engine, LONG.inScope(alice));
        again.finish();

        assertThat(again.cachedTokens()).isEqualTo(599);
    }

    private int cachedOf(int chat) {
        HeardAnswer answer = answer(engine, chatOf(chat));
        answer.finish();
        return answer.cachedTokens();
    }

    /** Chats that differ from their first token on. */
    private GenerationRequest chatOf(int number) {
        List<Integer> ids = new ArrayList<>(numbers(100));
        ids.set(0, 700 + number);
        return prompt(ids, List.of()).atMost(2).inScope(alice);
    }

    private static GenerationRequest prompt(List<Integer> beginning, List<Integer> rest) {
        List<Integer> ids = new ArrayList<>(beginning);
        ids.addAll(rest);
        return GenerationRequest.of(new Prompt.Tokens(ids)).atMost(30);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> 300 + (i * i + count) % 400)
                .toList();
    }

    private Sampling neverEnding() {
        int eos = TestEngines.facts(engine).eosToken();
        return new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(eos, -100.0));
    }
}
