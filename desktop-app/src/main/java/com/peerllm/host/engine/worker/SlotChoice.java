package com.peerllm.host.engine.worker;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the slot for a new answer: the free one that spares most work; else an empty one, the lowest first, so that the running
 * sequences lie side by side; else the one whose leftovers were used longest ago.
 */
final class SlotChoice {
    private SlotChoice() {}

    static Optional<Slot> choose(List<Slot> slots, Job job) {
        Comparator<Slot> sparesMost = Comparator.comparingInt(
                slot -> -slot.reusable(job.tokens(), job.length(), job.request().cacheScope()));
        return slots.stream()
                .filter(Slot::free)
                .min(sparesMost.thenComparingLong(SlotChoice::worthKeeping).thenComparingInt(Slot::sequence));
    }

    private static long worthKeeping(Slot slot) {
        return slot.held() == 0 ? 0 : 1 + slot.lastUsed();
    }
}
