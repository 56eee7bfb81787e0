package com.peerllm.shared.gguf;

import static com.peerllm.shared.gguf.TensorType.*;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The names that people know quantizations by, such as {@code Q4_K_M}, and how to tell a file's.
 *
 * <p>Source: {@code LlamaFileType} in llama.cpp v0.5.0, {@code gguf-py/gguf/constants.py}.
 */
final class FileType {
    /** A writer that was not told the type adds this to its guess. */
    private static final int GUESSED = 1024;

    private static final Map<Integer, FileType> BY_NUMBER = Map.ofEntries(
            of(0, "F32", F32),
            of(1, "F16", F16),
            of(2, "Q4_0", Q4_0),
            of(3, "Q4_1", Q4_1),
            of(7, "Q8_0", Q8_0),
            of(8, "Q5_0", Q5_0),
            of(9, "Q5_1", Q5_1),
            of(10, "Q2_K", Q2_K),
            of(11, "Q3_K_S", Q3_K),
            of(12, "Q3_K_M", Q3_K),
            of(13, "Q3_K_L", Q3_K),
            of(14, "Q4_K_S", Q4_K),
            of(15, "Q4_K_M", Q4_K),
            of(16, "Q5_K_S", Q5_K),
            of(17, "Q5_K_M", Q5_K),
            of(18, "Q6_K", Q6_K),
            of(19, "IQ2_XXS", IQ2_XXS),
            of(20, "IQ2_XS", IQ2_XS),
            of(21, "Q2_K_S", Q2_K),
            of(22, "IQ3_XS", IQ3_S),
            of(23, "IQ3_XXS", IQ3_XXS),
            of(24, "IQ1_S", IQ1_S),
            of(25, "IQ4_NL", IQ4_NL),
            of(26, "IQ3_S", IQ3_S),
            of(27, "IQ3_M", IQ3_S),
            of(28, "IQ2_S", IQ2_S),
            of(29, "IQ2_M", IQ2_S),
            of(30, "IQ4_XS", IQ4_XS),
            of(31, "IQ1_M", IQ1_M),
            of(32, "BF16", BF16),
            of(36, "TQ1_0", TQ1_0),
            of(37, "TQ2_0", TQ2_0),
            of(38, "MXFP4_MOE", MXFP4),
            of(39, "NVFP4", NVFP4),
            of(40, "Q1_0", Q1_0),
            of(41, "Q2_0", Q2_0));

    private final String name;
    private final TensorType mainType;

    private FileType(String name, TensorType mainType) {
        this.name = name;
        this.mainType = mainType;
    }

    private static Map.Entry<Integer, FileType> of(int number, String name, TensorType mainType) {
        return Map.entry(number, new FileType(name, mainType));
    }

    /**
     * The stated name if the tensors bear it out, otherwise the name of the type that most parameters are stored in: a
     * header is a claim, the tensors are what runs.
     */
    static String nameOf(OptionalInt stated, TensorDirectory.Summary tensors) {
        FileType claimed = stated.isPresent() ? BY_NUMBER.get(stated.getAsInt() & ~GUESSED) : null;
        if (claimed != null && tensors.uses(claimed.mainType)) return claimed.name;
        return tensors.weights().mostUsedType().map(TensorType::name).orElse("unknown");
    }
}
