package com.peerllm.shared.gguf;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model needs in memory when it runs in a given shape: one figure for badge, launch plan and admission.
 *
 * <p>It counts what llama.cpp reserves for the model. It does not count the program around it: the process itself, the
 * vocabulary and scratch space of the threads. Measured with a 107 M parameter model that was 13 MiB above the sum
 * (process of llama.cpp alone, without a Java runtime); the caller's reserve must cover it.
 */
public sealed interface MemoryEstimate {
    /**
     * A figure that may be relied on.
     *
     * @param weightBytes all tensors
     * @param cacheBytes the key-value cache of all slots
     * @param computeBytes intermediate results and logits
     */
    record Known(long weightBytes, long cacheBytes, long computeBytes) implements MemoryEstimate {
        public long totalBytes() {
            return Saturating.sum(weightBytes, cacheBytes, computeBytes);
        }
    }

    /** No figure, with the reason as a sentence; unknown is not "no". */
    record Unknown(String why) implements MemoryEstimate {}

    static MemoryEstimate of(GgufFacts facts, RunShape asked) {
        RunShape wanted = facts.kind() == ModelKind.EMBEDDING ? asked.forWholeTexts() : asked;
        OptionalLong weights = facts.weights().bytes();
        if (weights.isEmpty())
            return new Unknown("The file stores tensors in type "
                    + facts.weights().unknownTypes().getFirst() + ", which this version does not know");
        CacheLayout layout = CacheLayouts.of(facts);
        return switch (layout) {
            case CacheLayout.Unknown(String why) -> new Unknown(why);
            case CacheLayout.Nothing _ -> new Known(weights.getAsLong(), 0, ComputeSize.bytes(facts, layout, wanted));
            case CacheLayout.Cells cells -> {
                Optional<String> refusal = CacheSize.refusal(cells, wanted);
                if (refusal.isPresent()) yield new Unknown(refusal.get());
                yield new Known(
                        weights.getAsLong(), CacheSize.bytes(cells, wanted), ComputeSize.bytes(facts, layout, wanted));
            }
        };
    }

    /** What one more token of context costs while all layers keep it; empty when unknown, 0 without a cache. */
    static OptionalLong cacheBytesPerToken(GgufFacts facts, CacheType keys, CacheType values) {
        RunShape shape = RunShape.of(RunShape.CONTEXT_STEP, 1).withCache(RunShape.Cache.of(keys, values));
        return switch (CacheLayouts.of(facts)) {
            case CacheLayout.Unknown _ -> OptionalLong.empty();
            case CacheLayout.Nothing _ -> OptionalLong.of(0);
            case CacheLayout.Cells cells when CacheSize.refusal(cells, shape).isPresent() -> OptionalLong.empty();
            case CacheLayout.Cells cells -> OptionalLong.of(CacheSize.bytes(cells, shape) / RunShape.CONTEXT_STEP);
        };
    }
}
