package com.peerllm.shared.gguf;

/** The longest context that a model can be given in the memory there is, or why it cannot run. */
public sealed interface ContextPlan {
    /** It runs in this shape. */
    record Fits(RunShape shape, MemoryEstimate.Known memory) implements ContextPlan {}

    /**
     * It does not run even with the least context.
     *
     * @param neededBytes for the least context
     * @param availableBytes as given
     */
    record TooBig(long neededBytes, long availableBytes) implements ContextPlan {}

    /** Nobody can tell; the reason is a sentence. */
    record Unknown(String why) implements ContextPlan {}

    /**
     * Finds the longest context per slot, in steps of 256 tokens, that fits.
     *
     * @param wish slots, types and batch as wanted; its context is the most that is tried, and never more than the
     *     model was trained for
     * @param leastContextPerSlot below this the model is of no use; cut to the model's own context
     * @param availableBytes free memory less what the machine keeps for itself
     */
    static ContextPlan fit(GgufFacts facts, RunShape wish, int leastContextPerSlot, long availableBytes) {
        int most = Math.min(wish.contextPerSlot(), facts.shape().contextLength());
        int least = Math.clamp(leastContextPerSlot, 1, most);
        return switch (MemoryEstimate.of(facts, wish.withContextPerSlot(least))) {
            case MemoryEstimate.Unknown(String why) -> new Unknown(why);
            case MemoryEstimate.Known needed
            when needed.totalBytes() > availableBytes -> new TooBig(needed.totalBytes(), availableBytes);
            case MemoryEstimate.Known needed -> {
                Fits leastFits = new Fits(wish.withContextPerSlot(least), needed);
                yield longest(facts, leastFits, most, availableBytes);
            }
        };
    }

    /** More context never needs less memory, so halving finds the last step that fits. */
    private static Fits longest(GgufFacts facts, Fits fitting, int most, long availableBytes) {
        Fits best = fitting;
        int low = fitting.shape().contextPerSlot() / RunShape.CONTEXT_STEP + 1;
        int high = Math.ceilDiv(most, RunShape.CONTEXT_STEP);
        while (low <= high) {
            int middle = (low + high) >>> 1;
            RunShape shape = best.shape().withContextPerSlot(Math.min(middle * RunShape.CONTEXT_STEP, most));
            if (MemoryEstimate.of(facts, shape) instanceof MemoryEstimate.Known memory
                    && memory.totalBytes() <= availableBytes) {
                best = new Fits(shape, memory);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return best;
    }
}
