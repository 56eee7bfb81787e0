package com.peerllm.shared.gguf;

/**
 * How a model is to be run, as far as it decides the memory needed; the engine must be started with the same values.
 *
 * @param contextPerSlot tokens that each running answer may look at; the engine rounds it up to a multiple of 256
 * @param slots answers that run at the same time ({@code n_seq_max}), 1 to 256
 * @param cache how the context is stored
 * @param microBatch tokens that the network takes in one pass ({@code n_ubatch})
 * @param outputsPerPass tokens of a pass that may ask for logits ({@code n_outputs_max}); llama.cpp reserves a row of
 *     the whole vocabulary for each, so {@code slots} instead of {@code microBatch} saves hundreds of megabytes
 * @param flashAttention attention without the table of all scores
 */
public record RunShape(
        int contextPerSlot, int slots, Cache cache, int microBatch, int outputsPerPass, boolean flashAttention) {
    /** The steps in which llama.cpp counts context. */
    public static final int CONTEXT_STEP = 256;

    private static final int MOST_SLOTS = 256;
    private static final int USUAL_MICRO_BATCH = 512;

    /**
     * How the context is stored.
     *
     * @param keys type of the stored keys
     * @param values type of the stored values; a quantized one needs flash attention
     * @param unified slots share one cache ({@code kv_unified}) instead of having one each
     * @param fullWindow layers with a sliding window keep the whole context too ({@code swa_full}), which prefix reuse
     *     needs
     */
    public record Cache(CacheType keys, CacheType values, boolean unified, boolean fullWindow) {
        /** llama.cpp's own defaults, in these types. */
        public static Cache of(CacheType keys, CacheType values) {
            return new Cache(keys, values, false, true);
        }
    }

    public RunShape {
        if (contextPerSlot < 1 || contextPerSlot > 1 << 30)
            throw new IllegalArgumentException("A slot's context must be 1 to 2^30 tokens, not " + contextPerSlot);
        if (slots < 1 || slots > MOST_SLOTS)
            throw new IllegalArgumentException("There must be 1 to " + MOST_SLOTS + " slots, not " + slots);
        if (microBatch < 1 || outputsPerPass < 1)
            throw new IllegalArgumentException("Micro batch and outputs per pass must be at least 1");
        if (cache.values().isQuantized() && !flashAttention)
            throw new IllegalArgumentException("A quantized value cache needs flash attention");
    }

    /** llama.cpp's own defaults, but with logits only for the one next token of each slot. */
    public static RunShape of(int contextPerSlot, int slots) {
        return new RunShape(
                contextPerSlot, slots, Cache.of(CacheType.F16, CacheType.F16), USUAL_MICRO_BATCH, slots, true);
    }

    public RunShape withContextPerSlot(int tokens) {
        return new RunShape(tokens, slots, cache, microBatch, outputsPerPass, flashAttention);
    }

    public RunShape withCache(Cache other) {
        return new RunShape(contextPerSlot, slots, other, microBatch, outputsPerPass, flashAttention);
    }

    public RunShape withBatch(int tokensPerPass, int outputs) {
        return new RunShape(contextPerSlot, slots, cache, tokensPerPass, outputs, flashAttention);
    }

    /**
     * How an embedding model runs: a pass takes whole texts, at least one of the longest, every token is an output, and
     * what it computes for a pass is kept in one cache of that size and forgotten after it. Without flash attention: that
     * adds up in 16 bits, and the same text would have another vector beside other texts.
     */
    RunShape forWholeTexts() {
        int tokens = Math.max(microBatch, contextPerSlot);
        return new RunShape(tokens, 1, Cache.of(CacheType.F16, CacheType.F16), tokens, tokens, false);
    }

    public RunShape withoutFlashAttention() {
        return new RunShape(contextPerSlot, slots, cache, microBatch, outputsPerPass, false);
    }

    /** Separate caches that the engine keeps: one, or one per slot. */
    int streams() {
        return cache.unified() ? 1 : slots;
    }

    /** Tokens that fit in one of those caches ({@code n_ctx_seq}, or {@code n_ctx} when unified). */
    long cellsPerStream() {
        return padded(cache.unified() ? (long) contextPerSlot * slots : contextPerSlot);
    }

    /** The same in layers with a sliding window; source: {@code llama_kv_cache_iswa} in llama.cpp v0.5.0. */
    long windowCellsPerStream(long window) {
        if (cache.fullWindow()) return cellsPerStream();
        long needed = window * (cache.unified() ? slots : 1) + tokensPerPass();
        return padded(Math.min(cellsPerStream(), needed));
    }

    /** Tokens that one pass takes at most. */
    long tokensPerPass() {
        return Math.min(cellsPerStream() * streams(), microBatch);
    }

    private static long padded(long tokens) {
        return Math.ceilDiv(tokens, (long) CONTEXT_STEP) * CONTEXT_STEP;
    }
}
