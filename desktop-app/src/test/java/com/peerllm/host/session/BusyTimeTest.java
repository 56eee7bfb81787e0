package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BusyTimeTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final BusyTime busy = new BusyTime(() -> now);

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void answersAtTheSameTimeCountOnce() {
        busy.begin();
        pass(10);
        busy.begin();
        pass(10);
        busy.end();
        pass(10);
        busy.end();
        pass(500);

        assertThat(busy.take()).containsOnly(java.util.Map.entry(DAY, Duration.ofSeconds(30)));
        assertThat(busy.take()).isEmpty();
    }

    @Test
    void aLongAnswerIsTakenMinuteByMinute() {
        busy.begin();
        pass(60);
        assertThat(busy.take()).containsEntry(DAY, Duration.ofSeconds(60));
        pass(30);
        busy.end();
        assertThat(busy.take()).containsEntry(DAY, Duration.ofSeconds(30));
    }

    @Test
    void eachDayGetsItsOwn() {
        now = Instant.parse("2026-11-22T23:59:50Z");
        busy.begin();
        pass(25);
        busy.end();
        assertThat(busy.take())
                .containsEntry(DAY, Duration.ofSeconds(10))
                .containsEntry(DAY.plusDays(1), Duration.ofSeconds(15))
                .hasSize(2);
    }

    @Test
    void whatNobodyMeasuredIsNotMadeUp() {
        busy.begin();
        pass(8 * 3600);
        assertThat(busy.take()).containsEntry(DAY, BusyTime.LONGEST_LOOK);
        pass(-3600);
        assertThat(busy.take()).as("the clock was set back").isEmpty();
        pass(5);
        busy.end();
        assertThat(busy.take()).containsEntry(DAY, Duration.ofSeconds(5));
    }
}
