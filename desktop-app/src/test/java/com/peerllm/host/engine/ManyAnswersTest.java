package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that are made at the same time: they share each step and nothing else. */
class ManyAnswersTest {
    private static final List<String> QUESTIONS = List.of(
            "Hello!",
            "What is PeerLLM?",
            "What is 12 + 7?",
            "Tell me a story about an owl and a map.",
            "What is the capital of Japan?",
            "Tell me a story about a fox and a key.",
            "Explain quantum physics",
            "Tell me a story about a bear and a boat.");

    private static Engine engine;

    private final List<Generation> begun = new ArrayList<>();

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions().withQueueLimit(4));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @AfterEach
    void leaveNothingRunning() {
        begun.forEach(Generation::cancel);
        await().until(() -> engine.freeSlots() == TestEngines.SLOTS);
    }

    @Test
    void eachOfEightEqualsItsAnswerAlone() {
        List<String> alone = QUESTIONS.stream()
                .map(question ->
                        answer(engine, GenerationRequest.of(ask(question))).text())
                .toList();
        for (int round = 0; round < 3; round++) {
            List<HeardAnswer> together = QUESTIONS.stream()
                    .map(question -> answer(engine, GenerationRequest.of(ask(question))))
                    .toList();

            assertThat(together.stream().map(HeardAnswer::text)).isEqualTo(alone);
        }
    }

    @Test
    void answersThatMoveTogetherAfterOthersEndedGoOnUnchanged() {
        String alone = answer(engine, endless()).text();
        List<HeardAnswer> answers = new ArrayList<>();
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < TestEngines.SLOTS; i++) {
            HeardAnswer answer = new HeardAnswer();
            answers.add(answer);
            generations.add(engine.generate(endless(), answer));
        }
        answers.forEach(HeardAnswer::awaitFirstTokens);
        for (int i = 0; i < TestEngines.SLOTS; i += 2) generations.get(i).cancel();

        for (int i = 1; i < TestEngines.SLOTS; i += 2)
            assertThat(answers.get(i).text()).isEqualTo(alone);
        for (int i = 0; i < TestEngines.SLOTS; i += 2)
            assertThat(answers.get(i).finish().reason()).isEqualTo(Finish.Reason.CANCELLED);
    }

    @Test
    void whatDoesNotFindASlotWaitsAndWhatDoesNotFindAPlaceToWaitIsRefused() {
        List<HeardAnswer> running = fillAllSlots();
        List<HeardAnswer> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) waiting.add(answer(engine, GenerationRequest.of(ask("What is 12 + 7?"))));

        assertThat(engine.freeSlots()).isZero();
        EngineFailure refused =
                answer(engine, GenerationRequest.of(ask("Hello!"))).failure();
        assertThat(refused.code()).isEqualTo(EngineErrorCode.BUSY);
        assertThat(refused.retryable()).isTrue();

        begun.forEach(Generation::cancel);
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.text()).isEqualTo("12 + 7 = 19."));
        assertThat(running)
                .allSatisfy(answer -> assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.CANCELLED));
        assertThat(engine.freeSlots()).isEqualTo(TestEngines.SLOTS);
    }

    @Test
    void aCancelledAnswerEndsAndFreesItsSlot() {
        HeardAnswer answer = new HeardAnswer();
        Generation generation = engine.generate(endless(), answer);
        answer.awaitFirstTokens();
        generation.cancel();

        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.CANCELLED);
        assertThat(answer.finish().completionTokens()).isBetween(1, 399);
        assertThat(engine.freeSlots()).isEqualTo(TestEngines.SLOTS);
        generation.cancel();
        assertThat(answer(engine, GenerationRequest.of(ask("What is 12 + 7?"))).text())
                .isEqualTo("12 + 7 = 19.");
        assertThat(answer.ends()).isEqualTo(1);
    }

    @Test
    void aWaitingAnswerCanBeCancelledBeforeItBegins() {
        List<HeardAnswer> running = fillAllSlots();
        HeardAnswer waiting = new HeardAnswer();
        engine.generate(GenerationRequest.of(ask("Hello!")), waiting).cancel();

        assertThat(waiting.finish()).isEqualTo(new Finish(Finish.Reason.CANCELLED, 0));
        assertThat(running).allSatisfy(answer -> assertThat(answer.ends()).isZero());
    }

    @Test
    void aLongPromptIsReadInPiecesWhileOthersAnswer() {
        AtomicInteger tokensWhileReading = new AtomicInteger();
        List<Integer> longPrompt = new ArrayList<>();
        for (int i = 0; i < 700; i++) longPrompt.add(300 + i % 50);
        HeardAnswer late = new HeardAnswer();
        HeardAnswer early = new HeardAnswer(heard -> {
            if (heard.ids().size() == 3)
                engine.generate(
                        GenerationRequest.of(new Prompt.Tokens(longPrompt)).atMost(1), late);
            if (late.promptTokens() >= 0 && late.ids().isEmpty()) tokensWhileReading.incrementAndGet();
        });
        begun.add(engine.generate(endless(), early));

        assertThat(late.finish().completionTokens()).isLessThanOrEqualTo(1);
        // 700 tokens in pieces of 128 take six steps, and the other answer gets a token in each of them.
        assertThat(tokensWhileReading.get()).isBetween(5, 6);
    }

    @Test
    void aListenerThatThrowsLosesItsAnswerAndDisturbsNoOther() {
        HeardAnswer good = answer(engine, GenerationRequest.of(ask("Tell me a story about an owl and a map.")));
        HeardAnswer bad = new HeardAnswer(heard -> {
            throw new IllegalStateException("a listener's defect");
        });
        engine.generate(endless(), bad);

        assertThat(bad.finish().reason()).isEqualTo(Finish.Reason.CANCELLED);
        assertThat(good.finish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    private List<HeardAnswer> fillAllSlots() {
        List<HeardAnswer> running = new ArrayList<>();
        for (int i = 0; i < TestEngines.SLOTS; i++) {
            HeardAnswer answer = new HeardAnswer();
            begun.add(engine.generate(endless(), answer));
            running.add(answer);
        }
        return running;
    }

    /** Runs long enough for a test to act meanwhile: the model may not end it. */
    private GenerationRequest endless() {
        Sampling neverEnds = new Sampling(
                0,
                1,
                0,
                0,
                0,
                0,
                1,
                OptionalLong.empty(),
                Map.of(TestEngines.facts(engine).eosToken(), -100.0));
        return GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .with(neverEnds);
    }
}
