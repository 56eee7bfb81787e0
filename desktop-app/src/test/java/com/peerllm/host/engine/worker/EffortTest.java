package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A form that takes too long is noticed, whatever else the computer does. */
class EffortTest {
    private final AtomicLong now = new AtomicLong();
    private final Effort effort = new Effort(now::get);

    @Test
    void aFormMayTakeLongAtFirstAndItsPartForEachToken() {
        take(Effort.AT_FIRST);
        assertThat(effort.tooMuch()).isFalse();

        effort.token();
        take(Effort.PER_TOKEN);
        assertThat(effort.tooMuch()).isFalse();

        take(Duration.ofNanos(1));
        assertThat(effort.tooMuch()).isTrue();
    }

    @Test
    void timeBetweenItsStepsIsNotItsOwn() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        take(Duration.ofMillis(1));

        assertThat(effort.tooMuch()).isFalse();
    }

    private void take(Duration duration) {
        effort.spend(() -> now.addAndGet(duration.toNanos()));
    }
}
