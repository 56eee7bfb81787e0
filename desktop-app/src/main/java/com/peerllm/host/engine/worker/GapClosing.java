package com.peerllm.host.engine.worker;

import java.util.List;
import java.util.Optional;

/**
 * Moves running answers together when ended ones have left gaps between them.
 *
 * <p>llama.cpp computes a step in one pass over the weights only for sequences that lie side by side; with every second slot
 * free it makes four passes for four answers. A move copies one slot's keys and values, about the work of one step. So a gap
 * must last for some steps first, in which a new answer may fill it, and what an ended answer left there is not thrown away: it
 * moves to an empty slot, or the gap stays.
 */
final class GapClosing {
    static final int STEPS_TO_WAIT = 8;

    /** Moves all that the context holds of one sequence to another, which is empty. */
    @FunctionalInterface
    interface Mover {
        void move(int fromSequence, int toSequence);
    }

    private final Mover mover;
    private int stepsWithGap;

    GapClosing(Mover mover) {
        this.mover = mover;
    }

    /** To be called between two steps. */
    void look(List<Slot> slots) {
        Optional<Slot> gap = lowestGap(slots);
        if (gap.isEmpty()) {
            stepsWithGap = 0;
            return;
        }
        if (++stepsWithGap < STEPS_TO_WAIT || !isEmptied(gap.get(), slots)) return;
        move(highestRunning(slots), gap.get());
    }

    private boolean isEmptied(Slot gap, List<Slot> slots) {
        if (gap.held() == 0) return true;
        Optional<Slot> spare =
                slots.stream().filter(slot -> slot.free() && slot.held() == 0).reduce((first, second) -> second);
        spare.ifPresent(slot -> move(gap, slot));
        return spare.isPresent();
    }

    private void move(Slot from, Slot to) {
        mover.move(from.sequence(), to.sequence());
        to.takeOver(from);
    }

    /** A free slot that has running ones on both sides. */
    private static Optional<Slot> lowestGap(List<Slot> slots) {
        int lowest = slots.stream()
                .filter(slot -> !slot.free())
                .mapToInt(Slot::sequence)
                .min()
                .orElse(0);
        int highest = slots.stream()
                .filter(slot -> !slot.free())
                .mapToInt(Slot::sequence)
                .max()
                .orElse(0);
        return slots.stream()
                .filter(slot -> slot.free() && slot.sequence() > lowest && slot.sequence() < highest)
                .findFirst();
    }

    private static Slot highestRunning(List<Slot> slots) {
        return slots.stream()
                .filter(slot -> !slot.free())
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
