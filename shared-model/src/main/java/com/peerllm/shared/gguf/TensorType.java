package com.peerllm.shared.gguf;

import java.util.Optional;

/**
 * How the numbers of a tensor are packed: the ggml types, with elements per block and bytes per block.
 *
 * <p>Source: {@code GGMLQuantizationType} and {@code GGML_QUANT_SIZES} in llama.cpp v0.5.0,
 * {@code gguf-py/gguf/constants.py}. Ids that are missing here (4, 5, 31-33, 36-38) were removed from ggml.
 */
public enum TensorType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),
    Q1_0(41, 128, 18),
    Q2_0(42, 64, 18);

    private static final TensorType[] BY_ID = new TensorType[43];

    static {
        for (TensorType type : values()) BY_ID[type.id] = type;
    }

    private final int id;
    private final int elementsPerBlock;
    private final int bytesPerBlock;

    TensorType(int id, int elementsPerBlock, int bytesPerBlock) {
        this.id = id;
        this.elementsPerBlock = elementsPerBlock;
        this.bytesPerBlock = bytesPerBlock;
    }

    /** The type with this ggml number, or empty when this version does not know it. */
    public static Optional<TensorType> find(int id) {
        return id < 0 || id >= BY_ID.length ? Optional.empty() : Optional.ofNullable(BY_ID[id]);
    }

    /** The number that ggml and the engine's parameters use for this type. */
    public int id() {
        return id;
    }

    public int elementsPerBlock() {
        return elementsPerBlock;
    }

    public int bytesPerBlock() {
        return bytesPerBlock;
    }

    /**
     * The bytes that a row of this many elements takes.
     *
     * @throws IllegalArgumentException if the row is not made of whole blocks
     * @throws ArithmeticException if the bytes do not fit in a {@code long}
     */
    public long bytesOfRow(long elements) {
        if (elements < 0 || elements % elementsPerBlock != 0)
            throw new IllegalArgumentException(
                    elements + " elements do not fill whole blocks of " + elementsPerBlock + " (" + this + ")");
        return Math.multiplyExact(elements / elementsPerBlock, (long) bytesPerBlock);
    }
}
