package com.peerllm.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Property
    void staysBetweenHalfASecondAndAMinute(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        Duration wait = Backoff.LINK.after(failures, new Random(seed));

        assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(60));
    }

    @Test
    void theLongestWaitDoublesWithEachFailureAndTheShortestStays() {
        assertThat(longest(1)).isBetween(950L, 1000L);
        assertThat(longest(3)).isBetween(3800L, 4000L);
        assertThat(longest(20)).isBetween(57_000L, 60_000L);
        assertThat(waits(20).min().orElseThrow()).isLessThan(3_000);
    }

    @Test
    void countsFailuresFromOne() {
        assertThatThrownBy(() -> Backoff.LINK.after(0, new Random())).isInstanceOf(IllegalArgumentException.class);
    }

    private static long longest(int failures) {
        return waits(failures).max().orElseThrow();
    }

    private static LongStream waits(int failures) {
        Random random = new Random(7);
        return LongStream.range(0, 500)
                .map(i -> Backoff.LINK.after(failures, random).toMillis());
    }
}
