package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.kernel.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.junit.jupiter.api.Test;

class FxSignalsTest {
    private final Queue<Runnable> fxThread = new ArrayDeque<>();
    private final FxSignals signals = new FxSignals(fxThread::add);
    private final Signal<Integer> signal = new Signal<>(1);

    @Test
    void hasTheValueAtOnce() {
        assertThat(signals.follow(signal).get()).isEqualTo(1);
    }

    @Test
    void changesOnTheThreadOfTheScreensOnly() {
        ReadOnlyObjectProperty<Integer> property = signals.follow(signal);

        signal.set(2);

        assertThat(property.get()).isEqualTo(1);
        turn();
        assertThat(property.get()).isEqualTo(2);
    }

    @Test
    void keepsOnlyTheLatestValueWaiting() {
        List<Integer> seen = new ArrayList<>();
        signals.follow(signal).addListener((property, before, now) -> seen.add(now));
        turn();

        for (int i = 2; i <= 1000; i++) signal.set(i);

        assertThat(fxThread).hasSize(1);
        turn();
        assertThat(seen).containsExactly(1000);
    }

    @Test
    void tellsNothingMoreAfterItWasClosed() {
        ReadOnlyObjectProperty<Integer> property = signals.follow(signal);
        turn();

        signals.close();
        signal.set(2);
        turn();

        assertThat(property.get()).isEqualTo(1);
    }

    private void turn() {
        while (!fxThread.isEmpty()) fxThread.remove().run();
    }
}
