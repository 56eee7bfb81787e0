package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.gguf.RewrittenModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others notice while a long prompt is read. */
class ReadingPromptsTest {
    private static final int SLOTS = 4;

    /** The starter model was trained with 768; what it says beyond that has no sense, and the work is the same. */
    private static final int CONTEXT = 4608;

    /** Read in half a second or more. */
    private static final int LONG = 4000;

    private static Engine engine;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Path model = RewrittenModel.of(TestEngines.starterModel())
                .with("llama.context_length", CONTEXT)
                .to(folder.resolve("long.gguf"));
        engine = TestEngines.ready(EngineOptions.of(model, TestEngines.natives())
                .withSlots(SLOTS, CONTEXT)
                .withThreads(1));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    /** Everything is heard on one thread, in the order in which the worker says it. */
    @Test
    void twoThousandTokensArriveAndEveryStepGivesEachRunningAnswerAToken() {
        HeardAnswer arriving = new HeardAnswer();
        AtomicInteger ofFirst = new AtomicInteger();
        AtomicInteger ofSecond = new AtomicInteger();
        Generation first = engine.generate(neverEnding(), new HeardAnswer(heard -> {
            if (heard.ids().size() == 20) engine.generate(prompt(2000).atMost(1), arriving);
            if (isRead(arriving)) ofFirst.incrementAndGet();
        }));
        Generation second = engine.generate(neverEnding(), new HeardAnswer(heard -> {
            if (isRead(arriving)) ofSecond.incrementAndGet();
        }));
        arriving.finish();
        first.cancel();
        second.cancel();

        // Pieces of 128 tokens make 16 steps.
        assertThat(ofFirst.get()).isBetween(15, 16);
        assertThat(ofSecond.get()).isBetween(15, 16);
    }

    @Test
    void nobodyWaitsBehindAPromptThatWaitsForAnother() {
        HeardAnswer waits = new HeardAnswer();
        HeardAnswer other = new HeardAnswer();
        AtomicBoolean wentAhead = new AtomicBoolean();
        HeardAnswer reads =
                new HeardAnswer(heard -> wentAhead.set(other.promptTokens() > 0 && waits.promptTokens() < 0));
        GenerationRequest request = prompt(LONG).atMost(1).inScope("ahead");
        engine.generate(request, reads);
        engine.generate(request, waits);
        engine.generate(GenerationRequest.of(ask("What is 12 + 7?")), other);

        assertThat(other.text()).isEqualTo("12 + 7 = 19.");
        assertThat(wentAhead).isTrue();
        assertThat(waits.finish().completionTokens()).isLessThanOrEqualTo(1);
        assertThat(reads.cachedTokens()).isZero();
        assertThat(waits.cachedTokens()).isEqualTo(LONG - 1);
    }

    @Test
    void aPromptThatWaitsForAnotherCanBeCancelled() {
        GenerationRequest request = prompt(LONG).atMost(1).inScope("cancelled");
        HeardAnswer reads = answer(engine, request);
        HeardAnswer waits = new HeardAnswer();
        Generation generation = engine.generate(request, waits);
        generation.cancel();

        assertThat(waits.finish()).isEqualTo(new Finish(Finish.Reason.CANCELLED, 0));
        assertThat(reads.finish().reason()).isNotEqualTo(Finish.Reason.CANCELLED);
    }

    @Test
    void aPromptGoesOnFromWhereTheOneThatItWaitedForWasCancelled() {
        GenerationRequest request = prompt(LONG).atMost(8);
        String alone = answer(engine, request).text();
        HeardAnswer reads = new HeardAnswer();
        Generation reading = engine.generate(request.inScope("taken over"), reads);
        HeardAnswer waits = answer(engine, request.inScope("taken over"));
        await().until(() -> reads.promptTokens() > 0);
        reading.cancel();

        assertThat(waits.text()).isEqualTo(alone);
        assertThat(reads.finish().completionTokens()).isZero();
        assertThat(waits.cachedTokens()).isLessThan(LONG - 1);
    }

    private static boolean isRead(HeardAnswer answer) {
        return answer.promptTokens() >= 0 && answer.ids().isEmpty();
    }

    private static GenerationRequest prompt(int tokens) {
        return GenerationRequest.of(new Prompt.Tokens(
                IntStream.range(0, tokens).mapToObj(i -> 300 + i * i % 400).toList()));
    }

    private static GenerationRequest neverEnding() {
        int eos = TestEngines.facts(engine).eosToken();
        return GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .with(new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(eos, -100.0)));
    }
}
