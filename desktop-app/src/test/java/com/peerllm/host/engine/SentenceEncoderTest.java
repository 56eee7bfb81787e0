package com.peerllm.host.engine;

import static com.peerllm.host.engine.EmbeddingsTest.cosine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.peerllm.shared.openai.EmbeddingInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Embeddings of the real engine with a published encoder, where its file is at hand: all-MiniLM-L6-v2 in Q8_0. */
@Timeout(120)
class SentenceEncoderTest {
    private static final String EATING = "A man is eating food.";
    private static final String MEAL = "Someone is having a meal.";
    private static final String MARKET = "The stock market fell sharply today.";

    /**
     * The first numbers of the vectors that llama.cpp's own server makes of the three sentences (v0.5.0, {@code llama-server
     * --embedding --pooling mean -fa off}, one thread, each sentence alone, 2026-11-22); it counted 25 tokens.
     */
    private static final float[][] LLAMA_CPP = {
        {0.030511f, 0.006935f, -0.005793f, 0.049951f, -0.141664f, -0.033964f, 0.101257f, -0.056187f},
        {-0.007385f, 0.031591f, -0.022983f, 0.011301f, -0.122462f, -0.025651f, 0.103978f, -0.038624f},
        {0.059447f, 0.005166f, 0.077505f, 0.052426f, -0.014916f, -0.007013f, -0.027376f, 0.054270f}
    };

    /** Of the same vectors: eating and meal, eating and market, meal and market. */
    private static final double[] LLAMA_CPP_COSINES = {0.68901, 0.00713, -0.02187};

    private static Optional<Engine> encoder = Optional.empty();

    @BeforeAll
    static void start() {
        Optional<Path> model = SharedModels.find(SharedModels.MINI_LM);
        assumeTrue(model.isPresent(), "shared/models is not at hand");
        encoder = Optional.of(TestEngines.ready(EngineOptions.of(model.get(), TestEngines.natives())
                .withSlots(4, 2048)
                .withThreads(1)));
    }

    @AfterAll
    static void stop() {
        encoder.ifPresent(Engine::close);
    }

    private static Engine engine() {
        return encoder.orElseThrow();
    }

    @Test
    void knowsItsDimensionsAndTheLengthThatItWasTrainedFor() {
        ModelFacts facts = TestEngines.facts(engine());

        assertThat(facts.embeddingDimensions()).hasValue(384);
        assertThat(facts.contextPerSlot()).isEqualTo(512);
    }

    @Test
    void makesTheVectorsThatLlamaCppsServerMakes() {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (String sentence : List.of(EATING, MEAL, MARKET)) {
            HeardVectors alone = HeardVectors.of(engine(), sentence);
            vectors.add(alone.vectors().getFirst());
            tokens += alone.tokens().getFirst();
        }

        assertThat(tokens).isEqualTo(25);
        for (int i = 0; i < LLAMA_CPP.length; i++)
            for (int j = 0; j < LLAMA_CPP[i].length; j++)
                assertThat(vectors.get(i)[j]).as(i + "," + j).isCloseTo(LLAMA_CPP[i][j], within(1e-3f));
        double[] cosines = {
            cosine(vectors.get(0), vectors.get(1)),
            cosine(vectors.get(0), vectors.get(2)),
            cosine(vectors.get(1), vectors.get(2))
        };
        for (int i = 0; i < cosines.length; i++) assertThat(cosines[i]).isCloseTo(LLAMA_CPP_COSINES[i], within(1e-3));
    }

    /**
     * Not the same to the last digit: the weights are in 8 bits, and llama.cpp rounds what it multiplies with them to 8 bits too, so
     * that the order of a sum decides on a digit. Its own server differs by up to 0.005 a number for texts like these (2026-11-22).
     */
    @Test
    void aTextInABatchHasNearlyTheVectorThatItHasAlone() {
        List<EmbeddingInput> inputs = new ArrayList<>();
        for (int words = 1; words < 480; words += 1 + words / 3)
            inputs.add(new EmbeddingInput.Text("owl ".repeat(words) + EATING));
        for (int i = 0; i < 70; i++) inputs.add(new EmbeddingInput.Text("Number " + i));
        List<float[]> together = HeardVectors.of(engine(), inputs).vectors();

        for (int i = 0; i < inputs.size(); i += 7) {
            float[] alone =
                    HeardVectors.of(engine(), List.of(inputs.get(i))).vectors().getFirst();
            assertThat(cosine(together.get(i), alone)).as("input " + i).isGreaterThan(0.999);
        }
    }

    @Test
    void marksATextAsTheModelWantsAndCountsTheMarks() {
        List<Integer> ids = engine().tokenize(new Prompt.Text("food")).join();

        // [CLS] food [SEP]
        assertThat(ids).hasSize(3).startsWith(101).endsWith(102);
        assertThat(HeardVectors.of(engine(), "food").tokens()).containsExactly(3);
        assertThat(engine().detokenize(ids).join()).contains("food");
    }

    @Test
    void takesTheLongestTextAndRefusesOneTokenMore() {
        String longest = "owl ".repeat(510);

        assertThat(HeardVectors.of(engine(), longest).tokens()).containsExactly(512);
        EngineFailure failure = HeardVectors.of(engine(), longest + "owl").failure();
        assertThat(failure.code()).isEqualTo(EngineErrorCode.PROMPT_TOO_LONG);
        assertThat(failure.sentence()).contains("513 tokens").contains("at most 512");
    }
}
