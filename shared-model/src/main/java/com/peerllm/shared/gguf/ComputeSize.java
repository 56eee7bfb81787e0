package com.peerllm.shared.gguf;

import java.util.Collections;

/**
 * An estimate of the bytes that llama.cpp's graph of one pass needs for intermediate results.
 *
 * <p>A column is one number per token of the pass, as F32. The graph needs at its widest the largest of
 *
 * <ul>
 *   <li>attention: 3 x embedding + 2 x queries + 2 x keys, plus a table of cells x query heads without flash attention;
 *   <li>feed-forward: 3 x width + 4 x embedding; with experts 3 x width x used + (5 + used) x embedding;
 *   <li>the end: a row of logits for each output + 4 x embedding,
 * </ul>
 *
 * the first two with a mask of one number per cell (F16 with flash attention, otherwise F32), one more when layers with
 * a sliding window have their own. Added are the rows of logits that the caller reads.
 *
 * <p>The formula was fitted to what llama.cpp v0.5.0 reserves on the CPU ("compute buffer size", 2026-11-22) for 16
 * published shapes from 135 M to 70 B parameters in 6 run shapes each: the estimate is 0.98 to 1.12 times the
 * measurement. Tiny models of 87 architectures gave 0.96 to 1.45, made-up mixtures of experts up to 1.5; an encoder
 * without a gated feed-forward part comes out up to 2.2 times too high. GPU backends were not measured.
 */
final class ComputeSize {
    private static final long F32_BYTES = 4;
    private static final long F16_BYTES = 2;

    private ComputeSize() {}

    static long bytes(GgufFacts facts, CacheLayout layout, RunShape shape) {
        ModelShape model = facts.shape();
        long tokens = shape.tokensPerPass();
        long mask = maskBytes(layout, shape, tokens);
        long outputs = Math.min(tokens, shape.outputsPerPass());
        long logits = Saturating.product(outputs, model.vocabularySize(), F32_BYTES);
        long attention = Saturating.sum(columns(tokens, attentionColumns(facts)), scoreBytes(facts, shape, tokens));
        long inLayer = Math.max(attention, columns(tokens, feedForwardColumns(model)));
        // An encoder computes no logits; llama.cpp keeps room for the caller's all the same.
        long computed = layout instanceof CacheLayout.Nothing ? 0 : logits;
        long atEnd = Saturating.sum(computed, columns(tokens, 4L * model.embeddingLength()));
        return Saturating.sum(Math.max(Saturating.sum(mask, inLayer), atEnd), logits);
    }

    private static long columns(long tokens, long columns) {
        return Saturating.product(columns, tokens, F32_BYTES);
    }

    private static long attentionColumns(GgufFacts facts) {
        Attention attention = facts.attention();
        long keyLength = Math.max(attention.keyLength(), attention.slidingKeyLength());
        long queries = Collections.max(attention.heads()) * keyLength;
        long keys = Collections.max(attention.keyValueHeads()) * keyLength;
        return 3L * facts.shape().embeddingLength() + 2 * queries + 2 * keys;
    }

    private static long feedForwardColumns(ModelShape model) {
        long dense = 3L * model.feedForwardLength() + 4L * model.embeddingLength();
        if (model.expertCount() == 0) return dense;
        long used = model.expertsUsed();
        return Math.max(dense, 3L * model.expertFeedForwardLength() * used + (5 + used) * model.embeddingLength());
    }

    private static long maskBytes(CacheLayout layout, RunShape shape, long tokens) {
        long number = shape.flashAttention() ? F16_BYTES : F32_BYTES;
        if (!(layout instanceof CacheLayout.Cells cells)) return Saturating.product(tokens, tokens, number);
        long full = Saturating.product(shape.cellsPerStream(), tokens, number);
        if (!cells.slides()) return full;
        long window = Saturating.product(shape.windowCellsPerStream(cells.window()), tokens, number);
        // Measured: without flash attention a model with sliding layers holds one more mask at its widest point.
        return Saturating.sum(full, window, shape.flashAttention() ? 0 : full);
    }

    private static long scoreBytes(GgufFacts facts, RunShape shape, long tokens) {
        if (shape.flashAttention()) return 0;
        return Saturating.product(
                Collections.max(facts.attention().heads()), shape.cellsPerStream(), tokens, F32_BYTES);
    }
}
