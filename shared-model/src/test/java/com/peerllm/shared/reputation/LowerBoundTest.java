package com.peerllm.shared.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerBoundTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.05",
        "1, 0, 0.2236",
        "10, 0, 0.7616",
        "10, 1, 0.6613",
        "100, 0, 0.9708",
        "100, 10, 0.8520",
        "700, 0, 0.9957",
        "0, 10, 0.0047"
    })
    void tellsWhatIsAlmostSurelyReached(double successes, double failures, double bound) {
        assertThat(LowerBound.of(successes, failures)).isCloseTo(bound, offset(0.0005));
    }

    @Property
    void isWithinAHalfThousandthOfTheBetaQuantile(
            @ForAll @DoubleRange(max = 6.58) double logSuccesses, @ForAll @DoubleRange(max = 6.58) double logFailures) {
        double successes = Math.expm1(logSuccesses);
        double failures = Math.expm1(logFailures);
        double exact =
                BetaDistribution.of(successes + 1, failures + 1).inverseCumulativeProbability(1 - LowerBound.CERTAINTY);
        assertThat(LowerBound.of(successes, failures)).isCloseTo(exact, offset(0.0005));
        assertThat(LowerBound.exact(successes, failures)).isCloseTo(exact, offset(1e-9));
    }

    @Property
    void neverFallsWithASuccessAndNeverRisesWithAFailure(
            @ForAll @DoubleRange(max = 800) double successes,
            @ForAll @DoubleRange(max = 800) double failures,
            @ForAll @DoubleRange(max = 3) double more) {
        double before = LowerBound.of(successes, failures);
        assertThat(LowerBound.of(successes + more, failures)).isGreaterThanOrEqualTo(before - 1e-15);
        assertThat(LowerBound.of(successes, failures + more)).isLessThanOrEqualTo(before + 1e-15);
    }
}
