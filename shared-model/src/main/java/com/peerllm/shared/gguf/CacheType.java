package com.peerllm.shared.gguf;

/** How the engine may store keys and values of the context: smaller types hold more context, a little less exactly. */
public enum CacheType {
    F16(TensorType.F16),
    Q8_0(TensorType.Q8_0),
    Q4_0(TensorType.Q4_0);

    private final TensorType tensorType;

    CacheType(TensorType tensorType) {
        this.tensorType = tensorType;
    }

    /** The ggml type; its {@link TensorType#id()} is what the engine's {@code type_k} and {@code type_v} take. */
    public TensorType tensorType() {
        return tensorType;
    }

    boolean isQuantized() {
        return this != F16;
    }
}
