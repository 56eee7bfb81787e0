package com.peerllm.host.catalog;

import com.peerllm.shared.gguf.TensorType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Between which sizes the weights of a published file lie while its size was not read. Pure; for a badge, never shown as the
 * file's size.
 *
 * <p>The least is all parameters in the quantization's main type. The most allows for what llama.cpp's quantization does on
 * top ({@code llama-quant.cpp} of v0.5.0): better types for some layers of a "M" mix (half a bit on average, more than the
 * 0.39 bits that its table shows for Llama 3.1 8B in Q4_K_M), rows that are no multiple of 256 in the next better type, and the
 * embedding in Q8_0, twice.
 *
 * @param mostReadBytes of them for one token: the embedding is read whole only once, for the output
 */
record WeightRange(long leastBytes, long mostBytes, long mostReadBytes) {
    private static final int BLOCK = 256;
    private static final double MIX_BITS = 0.5;
    private static final int BITS = 8;

    /** The main type of a quantization, and the type of its rows that do not fill blocks of 256. */
    private record Types(TensorType main, TensorType other) {}

    private static final Map<String, Types> TYPES = Map.ofEntries(
            Map.entry("Q3_K_M", new Types(TensorType.Q3_K, TensorType.Q4_0)),
            Map.entry("Q4_0", new Types(TensorType.Q4_0, TensorType.Q4_0)),
            Map.entry("Q4_K_S", new Types(TensorType.Q4_K, TensorType.Q5_0)),
            Map.entry("Q4_K_M", new Types(TensorType.Q4_K, TensorType.Q5_0)),
            Map.entry("Q5_K_S", new Types(TensorType.Q5_K, TensorType.Q5_1)),
            Map.entry("Q5_K_M", new Types(TensorType.Q5_K, TensorType.Q5_1)),
            Map.entry("Q6_K", new Types(TensorType.Q6_K, TensorType.Q8_0)),
            Map.entry("Q8_0", new Types(TensorType.Q8_0, TensorType.Q8_0)),
            Map.entry("F16", new Types(TensorType.F16, TensorType.F16)),
            Map.entry("BF16", new Types(TensorType.BF16, TensorType.BF16)));

    /** Empty when this version does not know the quantization. */
    static Optional<WeightRange> of(CatalogArchitecture model, String quantization) {
        Types types = TYPES.get(quantization.toUpperCase(Locale.ROOT));
        if (types == null) return Optional.empty();
        boolean wholeBlocks = model.embeddingLength() % BLOCK == 0 && model.feedForwardLength() % BLOCK == 0;
        double mostBits = types.main().equals(types.other())
                ? bits(types.main())
                : bits(wholeBlocks ? types.main() : types.other()) + MIX_BITS;
        long embedding = (long) model.vocabularySize() * model.embeddingLength();
        long rest = Math.max(0, model.parameters() - embedding);
        double embeddingBits = Math.max(mostBits, bits(TensorType.Q8_0));
        double readRest = Math.max(0, model.activeParameters() - embedding) * mostBits;
        return Optional.of(new WeightRange(
                bytes(model.parameters() * bits(types.main())),
                bytes(rest * mostBits + 2 * embedding * embeddingBits),
                bytes(readRest + embedding * embeddingBits)));
    }

    private static long bytes(double bits) {
        return (long) (bits / BITS);
    }

    private static double bits(TensorType type) {
        return (double) BITS * type.bytesPerBlock() / type.elementsPerBlock();
    }
}
