package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.availability.PauseReason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a host says of itself in one sentence. */
class StatusWordsTest {
    private static final Optional<Instant> END = Optional.of(Instant.parse("2026-11-23T21:00:00Z"));

    @Test
    void aPauseEndsByTheClockThatThePersonLooksAt() {
        List<PauseReason> byHand = List.of(new PauseReason.ByHand(END));
        assertThat(StatusWords.paused(byHand, ZoneId.of("Europe/Berlin")))
                .isEqualTo("Paused: by its owner until 2026-11-23 22:00.");
        assertThat(StatusWords.paused(byHand, ZoneId.of("America/New_York")))
                .isEqualTo("Paused: by its owner until 2026-11-23 16:00.");
        assertThat(StatusWords.of(new PauseReason.OutsideHours(END), ZoneId.of("Asia/Tokyo")))
                .isEqualTo("outside the hours of the schedule until 2026-11-24 06:00");
    }
}
