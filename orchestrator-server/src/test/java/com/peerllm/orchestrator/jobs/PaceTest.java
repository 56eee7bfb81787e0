package com.peerllm.orchestrator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration MOST = Duration.ofSeconds(20);

    private final Pace pace = new Pace();
    private long nowMillis = 1_000_000;

    @Test
    void aHostOfUnknownPaceMayTakeAsLongAsAnyMay() {
        assertThat(pace.longestGap(MOST)).isEqualTo(MOST);
        frames(15, 10);
        assertThat(pace.longestGap(MOST)).isEqualTo(MOST);
    }

    @Test
    void aQuickHostThatFallsSilentIsLeftAfterFiveSeconds() {
        frames(16, 10);
        assertThat(pace.longestGap(MOST)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.longestGap(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aSlowOneMayTakeFortyTimesItsUsualGapAndFourTimesItsLongest() {
        frames(50, 200);
        assertThat(pace.longestGap(MOST)).isEqualTo(Duration.ofSeconds(8));
        frames(1, 3_000);
        assertThat(pace.longestGap(MOST)).isEqualTo(Duration.ofSeconds(12));
        frames(1, 9_000);
        assertThat(pace.longestGap(MOST)).isEqualTo(MOST);
    }

    private void frames(int count, int gapMillis) {
        for (int i = 0; i < count; i++) {
            nowMillis += gapMillis;
            pace.heard(nowMillis * 1_000_000);
        }
    }
}
