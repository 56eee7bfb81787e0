package com.peerllm.desktop.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenRateTest {
    private final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    private final TokenRate rate = new TokenRate();

    @Test
    void isUnknownBeforeTwoMeasurements() {
        assertThat(rate.perSecond()).isEmpty();
        rate.note(start, 1000);
        assertThat(rate.perSecond()).isEmpty();
    }

    @Test
    void isUnknownOverAMoment() {
        rate.note(start, 0);
        rate.note(start.plusMillis(20), 5);
        assertThat(rate.perSecond()).isEmpty();
    }

    @Test
    void isTheGrowthOverTheLastSeconds() {
        for (int second = 0; second <= 100; second++) rate.note(start.plusSeconds(second), 40L * second);
        assertThat(rate.perSecond()).hasValue(40.0);
    }

    @Test
    void forgetsWhatIsLongerAgo() {
        rate.note(start, 0);
        rate.note(start.plusSeconds(1), 1_000_000);
        for (int second = 2; second <= 10; second++) rate.note(start.plusSeconds(second), 1_000_000 + 10L * second);
        assertThat(rate.perSecond()).hasValue(10.0);
    }

    @Test
    void isUnknownAndNotZeroWhenNothingGrows() {
        for (int second = 0; second <= 10; second++) rate.note(start.plusSeconds(second), 500);
        assertThat(rate.perSecond()).isEmpty();
    }

    @Test
    void beginsAnewWhenTheClockWasSetBack() {
        rate.note(start, 0);
        rate.note(start.plusSeconds(1), 100);
        rate.note(start.minusSeconds(3600), 200);
        assertThat(rate.perSecond()).isEmpty();
        rate.note(start.minusSeconds(3598), 220);
        assertThat(rate.perSecond()).hasValue(10.0);
    }
}
