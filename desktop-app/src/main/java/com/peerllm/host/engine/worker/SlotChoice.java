package com.peerllm.host.engine.worker;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the slot for a new answer and what it takes over from others of its scope, so that no beginning of a prompt is computed
 * twice. Pure.
 *
 * <p>A copy costs as much as computing a few tokens, so it must spare or keep more than these: else the free slot that spares
 * most is taken as it is. A copy goes to an empty slot, the lowest first, so that running sequences lie side by side; without one,
 * to the slot whose leftovers were used longest ago.
 *
 * @param leastCopied tokens that a copy must spare
 */
record SlotChoice(int leastCopied) {
    /** For a model that cannot forget a part of a sequence: a copy of more than the common beginning is of no use to it. */
    static final int NO_COPIES = Integer.MAX_VALUE;

    /** See {@link #of}. */
    private static final int LEAST_COPIED = 16;

    private static final int CELLS_FOR_ONE_TOKEN = 256;

    /**
     * The choice for a model. llama.cpp copies all cells of a slot, so the cost of a copy grows with the context. Measured with a
     * model of 107 M parameters on one thread (2026-11-22): at 1,024 and at 4,096 tokens a copy took as long as computing 5 to 15
     * tokens, and computing one token as long as copying 650 cells. Larger models spend more on a token and less on a cell.
     *
     * @param contextPerSlot tokens
     */
    static SlotChoice of(Model model, int contextPerSlot) {
        return new SlotChoice(
                model.forgetsParts() ? Math.max(LEAST_COPIED, contextPerSlot / CELLS_FOR_ONE_TOKEN) : NO_COPIES);
    }

    /** @param slots at least one of them free */
    Placement choose(List<Slot> slots, Job job) {
        Slot emptiest = slots.stream()
                .filter(Slot::free)
                .min(Comparator.comparingLong(SlotChoice::worthKeeping).thenComparingInt(Slot::sequence))
                .orElseThrow();
        Optional<Slot> leftovers = best(slots.stream().filter(Slot::free).toList(), job);
        Optional<Slot> running =
                best(slots.stream().filter(slot -> !slot.free()).toList(), job);
        int spared = leftovers.map(slot -> reused(slot, job)).orElse(0);
        int sparedByCopy = running.map(slot -> reused(slot, job)).orElse(0);
        if (promised(slots, job) - Math.max(spared, sparedByCopy) >= leastCopied) return new Placement.Wait();
        if (sparedByCopy - spared >= leastCopied) return new Placement.Copy(running.get(), emptiest, sparedByCopy);
        if (spared == 0) return new Placement.InPlace(emptiest, 0);
        Slot source = leftovers.get();
        boolean losesMuch = source.held() - spared >= leastCopied && spared >= leastCopied;
        return source == emptiest || !losesMuch
                ? new Placement.InPlace(source, spared)
                : new Placement.Copy(source, emptiest, spared);
    }

    private static Optional<Slot> best(List<Slot> slots, Job job) {
        return slots.stream()
                .filter(slot -> reused(slot, job) > 0)
                .max(Comparator.<Slot>comparingInt(slot -> reused(slot, job))
                        .thenComparing(Slot::sequence, Comparator.reverseOrder()));
    }

    /** The last token is computed again in any case: the choice of the next one needs its distribution. */
    private static int reused(Slot slot, Job job) {
        int common = slot.reusable(job.tokens(), job.length(), job.request().cacheScope());
        return Math.min(common, job.length() - 1);
    }

    /** The most that one of the prompts that are being read now will have in common with this one. */
    private static int promised(List<Slot> slots, Job job) {
        return slots.stream()
                .filter(slot -> slot.left() > 1)
                .mapToInt(slot ->
                        slot.promised(job.tokens(), job.length(), job.request().cacheScope()))
                .map(common -> Math.min(common, job.length() - 1))
                .max()
                .orElse(0);
    }

    private static long worthKeeping(Slot slot) {
        return slot.held() == 0 ? 0 : 1 + slot.lastUsed();
    }
}
