package com.peerllm.orchestrator.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliabilityTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0.5", "1, 0, 0.6667", "0, 1, 0.3333", "98, 0, 0.99", "97, 1, 0.98", "8, 0, 0.9"})
    void isTheShareOfSuccessesWithOneOfEachAddedInAdvance(int successes, int faults, double score) {
        assertThat(new Reliability(successes, faults).score())
                .isCloseTo(score, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Property
    void aFaultNeverRaisesAndASuccessNeverLowersTheScore(
            @ForAll @IntRange(max = 99) int successes, @ForAll @IntRange(max = 99) int faults) {
        Reliability before = new Reliability(successes, faults);
        assertThat(before.afterFault().score()).isLessThanOrEqualTo(before.score());
        assertThat(before.afterSuccess().score()).isGreaterThanOrEqualTo(before.score());
    }

    @Test
    void forgetsOldOutcomesSoThatAHostCanRecover() {
        Reliability host = Reliability.UNKNOWN;
        for (int i = 0; i < 150; i++) host = host.afterFault();
        assertThat(host.score()).isLessThan(0.02);
        for (int i = 0; i < 600; i++) host = host.afterSuccess();
        assertThat(host.score()).isGreaterThan(0.95);
    }

    @Test
    void theBreakerOpensAfterThreeFaultsInAMinuteAndTwiceAsLongWhenTheNextTryFails() {
        Breaker breaker = Breaker.CLOSED.afterFault(0).afterFault(30_000);
        assertThat(breaker.isOpen(30_001)).isFalse();
        breaker = breaker.afterFault(59_000);
        assertThat(breaker.isOpen(59_001)).isTrue();
        assertThat(breaker.isOpen(59_000 + 15_000)).isFalse();
        breaker = breaker.afterFault(80_000);
        assertThat(breaker.isOpen(80_000 + 29_999)).isTrue();
        assertThat(breaker.isOpen(80_000 + 30_000)).isFalse();
        assertThat(breaker.afterSuccess()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void theBreakerForgetsFaultsOlderThanAMinute() {
        Breaker breaker = Breaker.CLOSED.afterFault(0).afterFault(59_000).afterFault(61_000);
        assertThat(breaker.isOpen(61_001)).isFalse();
    }
}
