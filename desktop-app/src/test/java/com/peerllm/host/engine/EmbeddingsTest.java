package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.shared.gguf.RewrittenModel;
import com.peerllm.shared.openai.EmbeddingInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings of the real engine, with a decoder: the starter model whose header says that it pools. */
@Timeout(120)
class EmbeddingsTest {
    private static final int MEAN = 1;
    private static final int LAST = 3;
    private static final int RANK = 4;
    private static final int CONTEXT = 600;

    @TempDir
    static Path folder;

    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(options(MEAN));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static EngineOptions options(int pooling) {
        Path model = RewrittenModel.of(TestEngines.starterModel())
                .with("llama.pooling_type", pooling)
                .to(folder.resolve("pooling-" + pooling + ".gguf"));
        return EngineOptions.of(model, TestEngines.natives())
                .withSlots(4, CONTEXT)
                .withThreads(1);
    }

    @Test
    void saysWhatItCanDo() {
        ModelFacts facts = TestEngines.facts(engine);

        assertThat(facts.features()).containsExactly("embeddings");
        assertThat(facts.embeddingDimensions()).hasValue(192);
        assertThat(facts.contextPerSlot()).isEqualTo(CONTEXT);
        assertThat(facts.templateSource()).isEqualTo(TemplateSource.NONE);
    }

    @Test
    void everyVectorHasLengthOneAndTheSameTextHasTheSameVector() {
        List<float[]> vectors =
                HeardVectors.of(engine, "A dog.", "A cat and a dog.", "A dog.").vectors();

        assertThat(vectors).hasSize(3);
        for (float[] vector : vectors) assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
        assertThat(distance(vectors.get(0), vectors.get(2))).isLessThan(1e-6);
        assertThat(distance(vectors.get(0), vectors.get(1))).isGreaterThan(0.01);
    }

    /** Lengths up to beyond a step's usual tokens: alone, in company, and cut into pieces of other lengths by llama.cpp if it could. */
    @ParameterizedTest
    @CsvSource({"1", "3"})
    void aTextInABatchHasTheVectorThatItHasAlone(int pooling) {
        Random random = new Random(pooling);
        List<EmbeddingInput> inputs = new ArrayList<>();
        for (int length : new int[] {1, 2, 3, 7, 20, 64, 200, 400, 512, 513, CONTEXT}) inputs.add(ids(random, length));
        for (int i = 0; i < 90; i++) inputs.add(ids(random, 1 + random.nextInt(6)));
        Collections.shuffle(inputs, random);
        try (Engine pools = TestEngines.ready(options(pooling))) {
            List<float[]> together = HeardVectors.of(pools, inputs).vectors();

            assertThat(together).hasSize(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                float[] alone =
                        HeardVectors.of(pools, List.of(inputs.get(i))).vectors().getFirst();
                assertThat(distance(alone, together.get(i))).as("input " + i).isLessThan(1e-4);
            }
        }
    }

    @Test
    void meanAndLastAreNotTheSame() {
        EmbeddingInput text = new EmbeddingInput.Text("A small owl named Finn.");
        try (Engine last = TestEngines.ready(options(LAST))) {
            float[] mean = HeardVectors.of(engine, List.of(text)).vectors().getFirst();

            assertThat(distance(
                            mean, HeardVectors.of(last, List.of(text)).vectors().getFirst()))
                    .isGreaterThan(0.1);
        }
    }

    @Test
    void aTextCountsTheTokensThatTokenizeTells() {
        List<Integer> ids = engine.tokenize(new Prompt.Text("Hello there!")).join();
        HeardVectors text = HeardVectors.of(engine, "Hello there!", "Hello there! Hello there!");
        HeardVectors sameIds = HeardVectors.of(engine, List.of(new EmbeddingInput.Tokens(ids)));

        assertThat(text.tokens().getFirst()).isEqualTo(ids.size());
        assertThat(text.tokens().get(1)).isGreaterThan(ids.size());
        assertThat(sameIds.tokens()).containsExactly(ids.size());
        assertThat(distance(text.vectors().getFirst(), sameIds.vectors().getFirst()))
                .isLessThan(1e-6);
        assertThat(engine.detokenize(ids).join().strip()).isEqualTo("Hello there!");
    }

    @Test
    void aTextThatIsTooLongIsRefusedWithItsLengthAndTheLimitAndNeverCut() {
        EngineFailure failure = HeardVectors.of(
                        engine, List.of(new EmbeddingInput.Text("a"), ids(new Random(1), CONTEXT + 1)))
                .failure();

        assertThat(failure.code()).isEqualTo(EngineErrorCode.PROMPT_TOO_LONG);
        assertThat(failure.sentence())
                .contains("Input 2")
                .contains("601 tokens")
                .contains("at most 600");
        assertThat(HeardVectors.of(engine, "a".repeat(300_000)).failure().code())
                .isEqualTo(EngineErrorCode.PROMPT_TOO_LONG);
    }

    @Test
    void whatIsNoInputIsRefused() {
        assertThat(HeardVectors.of(engine, List.of()).failure().code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(HeardVectors.of(engine, List.of(new EmbeddingInput.Tokens(List.of(5, 1024))))
                        .failure()
                        .sentence())
                .contains("1024");
        assertThat(HeardVectors.of(engine, List.of(new EmbeddingInput.Tokens(List.of())))
                        .failure()
                        .code())
                .isEqualTo(EngineErrorCode.BAD_REQUEST);
    }

    @Test
    void aJobOfOneTextDoesNotWaitForOneOfThousands() {
        Random random = new Random(3);
        List<EmbeddingInput> many =
                IntStream.range(0, 1500).mapToObj(i -> ids(random, 300)).toList();
        HeardVectors long1 = new HeardVectors();
        Generation long1Job = engine.embed(many, long1);
        long1.awaitFirst();

        assertThat(HeardVectors.of(engine, "Quick.").vectors()).hasSize(1);
        assertThat(long1.sofar().size()).isLessThan(many.size());

        long1Job.cancel();
        assertThat(long1.finish().reason()).isEqualTo(Finish.Reason.CANCELLED);
        assertThat(long1.sofar().size()).isLessThan(many.size());
    }

    @Test
    void noMoreJobsWaitThanAreLetIn() {
        List<EmbeddingInput> some = IntStream.range(0, 60)
                .<EmbeddingInput>mapToObj(i -> ids(new Random(i), 200))
                .toList();
        try (Engine small =
                TestEngines.ready(options(MEAN).withSlots(1, CONTEXT).withQueueLimit(1))) {
            HeardVectors first = HeardVectors.of(small, some);
            HeardVectors second = HeardVectors.of(small, some);

            assertThat(HeardVectors.of(small, "a").failure().code()).isEqualTo(EngineErrorCode.BUSY);
            assertThat(first.vectors()).hasSize(60);
            assertThat(second.vectors()).hasSize(60);
            assertThat(small.freeSlots()).isEqualTo(1);
        }
    }

    @Test
    void aChatIsRefusedByAnEmbeddingModelAndTextsByAChatModel() {
        HeardAnswer chat = TestEngines.answer(engine, GenerationRequest.of(TestEngines.ask("Hi")));
        assertThat(chat.failure().code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
        assertThat(chat.failure().sentence()).contains("makes embeddings");
        try (Engine chats = TestEngines.ready(TestEngines.starterOptions())) {
            EngineFailure failure = HeardVectors.of(chats, "a").failure();
            assertThat(failure.code()).isEqualTo(EngineErrorCode.BAD_REQUEST);
            assertThat(failure.sentence()).contains("makes no embeddings");
        }
    }

    @Test
    void aModelThatRanksIsRefusedWithASentence() {
        try (Engine ranks = TestEngines.create(options(RANK))) {
            ranks.start();
            EngineState.Failed failed =
                    (EngineState.Failed) TestEngines.awaitState(ranks, state -> state instanceof EngineState.Failed);

            assertThat(failed.code()).isEqualTo(EngineErrorCode.MODEL_BROKEN);
            assertThat(failed.sentence()).contains("ranks texts");
        }
    }

    private static EmbeddingInput ids(Random random, int length) {
        return new EmbeddingInput.Tokens(random.ints(length, 300, 1000).boxed().toList());
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
        return sum;
    }

    private static double distance(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
        return most;
    }
}
