package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.kernel.HandAlarms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecondTicksTest {
    private final HandAlarms alarms = new HandAlarms();
    private final Queue<Runnable> fxThread = new ArrayDeque<>();
    private final AtomicInteger ticked = new AtomicInteger();
    private final SecondTicks ticks = new SecondTicks(alarms, fxThread::add, ticked::incrementAndGet);

    @Test
    void ticksOnceASecond() {
        ticks.start();
        seconds(5);
        assertThat(ticked).hasValue(5);
    }

    @Test
    void ticksNoMoreAfterAStop() {
        ticks.start();
        alarms.advance(Duration.ofSeconds(1));
        ticks.stop();
        seconds(5);
        assertThat(ticked).hasValue(0);
        assertThat(alarms.waiting()).isZero();
    }

    @Test
    void doesNotTickTwiceAsOftenAfterAStopAndAStart() {
        ticks.start();
        ticks.start();
        alarms.advance(Duration.ofSeconds(1));
        ticks.stop();
        ticks.start();
        seconds(5);
        assertThat(ticked).hasValue(5);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            while (!fxThread.isEmpty()) fxThread.remove().run();
            alarms.advance(Duration.ofSeconds(1));
            while (!fxThread.isEmpty()) fxThread.remove().run();
        }
    }
}
