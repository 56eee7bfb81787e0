package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.Sampling;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets how much of a step, and which slot an answer gets. */
class StepSharesTest {
    private static final int ROOM = 512;

    private long now;

    @Test
    void aPromptAloneGetsTheWholeStep() {
        assertThat(StepShares.plan(List.of(reading(0, 2000), free(1)), ROOM)).containsExactly(512, 0);
    }

    @Test
    void runningAnswersGoFirstAndWaitForOnePieceOnly() {
        assertThat(StepShares.plan(List.of(answering(0), reading(1, 2000), answering(2)), ROOM))
                .containsExactly(1, 256, 1);
    }

    @Test
    void thePromptThatCameFirstIsReadFirst() {
        Slot late = new Slot(0);
        Slot early = reading(1, 200);
        begin(late, 200);

        assertThat(StepShares.plan(List.of(late, early, answering(2)), ROOM)).containsExactly(56, 200, 1);
    }

    @Test
    void aNewAnswerTakesTheLowestEmptySlotAndLeavesLeftoversAlone() {
        Slot leftovers = reading(0, 10);
        leftovers.held(10);
        leftovers.end(5);
        Job job = job("bob", 4);

        assertThat(SlotChoice.choose(List.of(leftovers, free(1), free(2)), job)
                        .orElseThrow()
                        .sequence())
                .isEqualTo(1);
        assertThat(SlotChoice.choose(List.of(answering(0)), job)).isEmpty();
    }

    @Test
    void anAnswerTakesTheSlotThatSparesMostOfItsOwnScope() {
        Slot mine = leftovers(0, "alice", 8);
        Slot longer = leftovers(1, "alice", 12);
        Slot foreign = leftovers(2, "bob", 20);

        assertThat(SlotChoice.choose(List.of(mine, longer, foreign, free(3)), job("alice", 16))
                        .orElseThrow()
                        .sequence())
                .isEqualTo(1);
        assertThat(foreign.reusable(new int[20], 20, Optional.of("alice"))).isZero();
        assertThat(foreign.reusable(new int[20], 20, Optional.empty())).isZero();
        assertThat(longer.reusable(new int[] {0, 0, 0, 7}, 4, Optional.of("alice")))
                .isEqualTo(3);
    }

    private Slot free(int sequence) {
        return new Slot(sequence);
    }

    private Slot reading(int sequence, int promptLength) {
        Slot slot = new Slot(sequence);
        begin(slot, promptLength);
        return slot;
    }

    private Slot answering(int sequence) {
        Slot slot = reading(sequence, 10);
        slot.held(9);
        return slot;
    }

    private Slot leftovers(int sequence, String scope, int length) {
        Slot slot = new Slot(sequence);
        slot.begin(running(job(scope, length)), 0, ++now);
        slot.held(length);
        slot.end(++now);
        return slot;
    }

    private void begin(Slot slot, int promptLength) {
        slot.begin(running(job("alice", promptLength)), 0, ++now);
    }

    private static Slot.Running running(Job job) {
        return new Slot.Running(
                job, new Sampler(null, MemorySegment.NULL, new Sampler.NoChance()), new AnswerText(List.of()));
    }

    private static Job job(String scope, int length) {
        GenerationRequest request = new GenerationRequest(
                new Prompt.Tokens(List.of(0)), List.of(), Sampling.greedy(), 10, List.of(), Optional.of(scope));
        Job job = new Job(1, request);
        job.prepare(new int[length]);
        return job;
    }
}
