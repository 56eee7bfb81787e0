package com.peerllm.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecyclesTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void startsInOrderAndStopsInReverse() {
        Lifecycles all = new Lifecycles(List.of(part("a"), part("b"), part("c")));

        all.start();
        all.stop();

        assertThat(told).containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    }

    @Test
    void aPartThatDoesNotStartHasThoseBeforeItStopped() {
        Lifecycles all = new Lifecycles(List.of(part("a"), part("b"), failing("c", true, false), part("d")));

        assertThatThrownBy(all::start).hasMessage("c does not start");

        assertThat(told).containsExactly("start a", "start b", "stop b", "stop a");
    }

    @Test
    void everyStopIsAttemptedAndTheFirstFailureIsTold() {
        Lifecycles all = new Lifecycles(List.of(part("a"), failing("b", false, true), failing("c", false, true)));
        all.start();

        assertThatThrownBy(all::stop)
                .hasMessage("c does not stop")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("b does not stop")));
        assertThat(told).contains("stop a");
    }

    @Test
    void stoppingTwiceStopsOnce() {
        Lifecycles all = new Lifecycles(List.of(part("a")));
        all.start();

        all.stop();
        all.stop();

        assertThat(told).containsExactly("start a", "stop a");
    }

    private Lifecycle part(String name) {
        return failing(name, false, false);
    }

    private Lifecycle failing(String name, boolean atStart, boolean atStop) {
        return new Lifecycle() {
            @Override
            public void start() {
                if (atStart) throw new IllegalStateException(name + " does not start");
                told.add("start " + name);
            }

            @Override
            public void stop() {
                if (atStop) throw new IllegalStateException(name + " does not stop");
                told.add("stop " + name);
            }
        };
    }
}
