package com.peerllm.orchestrator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a first token is late, and what a second host is worth. The figures of decision 0020 are printed by it. */
class FirstTokensTest {
    private static final ModelDigest MODEL = new ModelDigest("ab".repeat(32));
    private static final int ANSWERS = 200_000;

    private final SplittableRandom random = new SplittableRandom(4);

    /** Lognormal around 400 ms as queues and prompts of many lengths make it, and one in fifty that hangs for 5 to 20 s. */
    private double firstTokenMillis() {
        if (random.nextDouble() < 0.02) return 5_000 + 15_000 * random.nextDouble();
        return 400 * Math.exp(0.5 * random.nextGaussian());
    }

    @Test
    void followsThe95thPercentile() {
        FirstTokens firstTokens = new FirstTokens(new Hedging(true, Duration.ofMillis(1), 5));
        assertThat(firstTokens.lateAfter(MODEL)).as("nothing is known").isEqualTo(Duration.ofMillis(1));
        double[] seen = new double[20_000];
        double told = 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = firstTokenMillis();
            firstTokens.came(MODEL, seen[i]);
            if (i >= seen.length / 2) told += firstTokens.lateAfter(MODEL).toMillis() / (seen.length / 2.0);
        }
        Arrays.sort(seen);
        assertThat(told).isCloseTo(seen[seen.length * 95 / 100], within(0.2 * seen[seen.length * 95 / 100]));
    }

    @Test
    void makesTheSlowestAnswersBeginSoonerForAFewStartsMore() {
        double[] alone = new double[ANSWERS];
        double[] hedged = new double[ANSWERS];
        FirstTokens firstTokens = new FirstTokens(Hedging.ON);
        int second = 0;
        for (int i = 0; i < ANSWERS; i++) {
            firstTokens.began();
            alone[i] = firstTokenMillis();
            double late = firstTokens.lateAfter(MODEL).toMillis();
            hedged[i] = alone[i];
            if (alone[i] > late && firstTokens.mayHedge()) {
                firstTokens.hedged();
                second++;
                hedged[i] = Math.min(alone[i], late + firstTokenMillis());
            }
            firstTokens.came(MODEL, hedged[i]);
        }
        Arrays.sort(alone);
        Arrays.sort(hedged);
        for (double share : new double[] {0.5, 0.95, 0.99, 0.999}) {
            int at = (int) (share * ANSWERS);
            System.out.printf(
                    "first token p%s: %.0f ms alone, %.0f ms with a second host%n", 100 * share, alone[at], hedged[at]);
        }
        System.out.printf("second starts: %.2f %% of answers%n", 100.0 * second / ANSWERS);
        int p99 = (int) (0.99 * ANSWERS);
        assertThat(hedged[p99]).isLessThan(alone[p99] / 2);
        assertThat(second).isLessThanOrEqualTo(ANSWERS * 5 / 100 + 10);
    }

    @Test
    void aNetworkThatIsSlowAsAWholeIsNotMadeSlower() {
        FirstTokens firstTokens = new FirstTokens(Hedging.ON);
        int second = 0;
        for (int i = 0; i < 1000; i++) {
            firstTokens.began();
            if (!firstTokens.mayHedge()) continue;
            firstTokens.hedged();
            second++;
        }
        assertThat(second).isBetween(40, 51);
        assertThat(new FirstTokens(Hedging.OFF).mayHedge()).isFalse();
    }
}
