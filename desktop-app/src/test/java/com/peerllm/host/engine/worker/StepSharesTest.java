package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.Slots.answering;
import static com.peerllm.host.engine.worker.Slots.job;
import static com.peerllm.host.engine.worker.Slots.leftovers;
import static com.peerllm.host.engine.worker.Slots.reading;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets how much of a step, and which slot an answer gets. */
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
                .containsExactly(1, 256, 1);
    }

    @Test
    void thePromptThatCameFirstIsReadFirst() {
        assertThat(StepShares.plan(List.of(reading(0, 200, 2), reading(1, 200, 1), answering(2)), ROOM))
                .containsExactly(56, 200, 1);
    }

    @Test
    void aNewAnswerTakesTheLowestEmptySlotAndLeavesLeftoversAlone() {
        Slot leftovers = leftovers(0, "alice", 10);

        assertThat(chosen(List.of(leftovers, new Slot(1), new Slot(2)), job("bob", 4)))
                .isEqualTo(1);
        assertThat(SlotChoice.choose(List.of(answering(0)), job("bob", 4))).isEmpty();
    }

    @Test
    void anAnswerTakesTheSlotThatSparesMostOfItsOwnScope() {
        Slot foreign = leftovers(2, "bob", 20);
        List<Slot> slots = List.of(leftovers(0, "alice", 8), leftovers(1, "alice", 12), foreign, new Slot(3));

        assertThat(chosen(slots, job("alice", 16))).isEqualTo(1);
        assertThat(foreign.reusable(new int[20], 20, Optional.of("alice"))).isZero();
        assertThat(foreign.reusable(new int[20], 20, Optional.empty())).isZero();
        assertThat(slots.get(1).reusable(new int[] {0, 0, 0, 7}, 4, Optional.of("alice")))
                .isEqualTo(3);
    }

    private static int chosen(List<Slot> slots, Job job) {
        return SlotChoice.choose(slots, job).orElseThrow().sequence();
    }
}
