package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.Slots.answering;
import static com.peerllm.host.engine.worker.Slots.reading;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets how much of a step. */
class StepSharesTest {
    private static final int ROOM = 512;

    @Test
    void aPromptAloneGetsTheWholeStep() {
        assertThat(StepShares.plan(List.of(reading(0, 2000, 1), new Slot(1)), ROOM))
                .containsExactly(512, 0);
    }

    @Test
    void runningAnswersGoFirstAndWaitForOnePieceOnly() {
        assertThat(StepShares.plan(List.of(answering(0), reading(1, 2000, 1), answering(2)), ROOM))
                .containsExactly(1, 128, 1);
    }

    @Test
    void thePromptThatCameFirstIsReadFirst() {
        assertThat(StepShares.plan(List.of(reading(0, 100, 2), reading(1, 100, 1), answering(2)), ROOM))
                .containsExactly(28, 100, 1);
    }
}
