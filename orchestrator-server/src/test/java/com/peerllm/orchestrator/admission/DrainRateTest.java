package com.peerllm.orchestrator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    @Test
    void tellsDeparturesPerSecondFromTheFirstSecondsOn() {
        DrainRate rate = new DrainRate(0);
        assertThat(rate.timeFor(10, 100)).as("nothing is known").isEqualTo(Duration.ofSeconds(5));
        for (int i = 1; i <= 120; i++) {
            rate.departed(i * 500L);
            if (i == 20 || i == 120) assertThat(rate.perSecond(i * 500L)).isCloseTo(2, within(0.1));
        }
        assertThat(rate.timeFor(20, 60_000)).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(500));
    }

    @Test
    void forgetsHowFastItWas() {
        DrainRate rate = new DrainRate(0);
        for (int i = 1; i <= 1000; i++) rate.departed(i * 100L);
        assertThat(rate.perSecond(100_000)).isCloseTo(10, within(0.5));
        assertThat(rate.perSecond(130_000)).isCloseTo(5, within(0.5));
    }

    @Test
    void neverTellsMoreThanClientsWaitForOrLessThanASecond() {
        DrainRate rate = new DrainRate(0);
        rate.departed(1000);
        assertThat(rate.timeFor(1_000_000, 2000)).isEqualTo(Duration.ofSeconds(60));
        for (int i = 0; i < 1000; i++) rate.departed(2000);
        assertThat(rate.timeFor(1, 2000)).isEqualTo(Duration.ofSeconds(1));
    }
}
