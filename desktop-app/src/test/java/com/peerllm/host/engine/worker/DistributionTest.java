package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Log probabilities from raw logits. */
class DistributionTest {
    private static final int VOCABULARY = 5000;

    @Test
    void theProbabilitiesOfAllTokensAddUpToOne() {
        Distribution distribution = new Distribution(logits());

        double sum = IntStream.range(0, VOCABULARY)
                .mapToDouble(token -> Math.exp(distribution.logProbability(token)))
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void theBestAreThoseThatSortingTheWholeVocabularyFinds() {
        float[] logits = logits();
        int[] sorted = IntStream.range(0, VOCABULARY)
                .boxed()
                .sorted((a, b) -> logits[a] != logits[b] ? Float.compare(logits[b], logits[a]) : a - b)
                .mapToInt(token -> token)
                .toArray();

        for (int count : new int[] {0, 1, 2, 5, 20})
            assertThat(new Distribution(logits).top(count))
                    .as("%d best", count)
                    .containsExactly(java.util.Arrays.copyOf(sorted, count));
    }

    @Test
    void aVocabularySmallerThanWhatIsAskedForIsGivenWhole() {
        assertThat(new Distribution(new float[] {1, 3, 2}).top(20)).containsExactly(1, 2, 0);
    }

    @Test
    void aTokenThatIsRuledOutHasNoChanceAndDisturbsNoOther() {
        Distribution distribution = new Distribution(new float[] {5, Float.NEGATIVE_INFINITY, 5});

        assertThat(distribution.logProbability(0)).isCloseTo(-Math.log(2), within(1e-9));
        assertThat(distribution.logProbability(1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(distribution.top(3)).containsExactly(0, 2, 1);
    }

    /** Every value occurs several times, so that equal ones are met. */
    private static float[] logits() {
        Random random = new Random(5);
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) logits[i] = random.nextInt(1000) / 40f;
        return logits;
    }
}
