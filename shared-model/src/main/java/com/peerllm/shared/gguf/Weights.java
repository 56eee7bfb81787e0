package com.peerllm.shared.gguf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The sum of a file's tensors.
 *
 * @param parameterCount numbers in all tensors
 * @param tensorCount tensors
 * @param bytes their size without padding; empty when a tensor's type is unknown to this version
 * @param mostUsedType the known type that most parameters are stored in
 * @param unknownTypes numbers of types that this version does not know, in the order met
 */
public record Weights(
        long parameterCount,
        int tensorCount,
        OptionalLong bytes,
        Optional<TensorType> mostUsedType,
        List<Integer> unknownTypes) {
    public Weights {
        unknownTypes = List.copyOf(unknownTypes);
    }

    /** Average bits that a parameter takes, where the bytes are known. */
    public OptionalDouble bitsPerWeight() {
        return bytes.isPresent() && parameterCount > 0
                ? OptionalDouble.of(bytes.getAsLong() * 8.0 / parameterCount)
                : OptionalDouble.empty();
    }

    /**
     * The size of all tensors.
     *
     * @throws GgufException if a tensor's type is unknown to this version
     */
    public long requireBytes() throws GgufException {
        return bytes.orElseThrow(() -> new GgufException(
                GgufException.Reason.UNKNOWN_TENSOR_TYPE,
                0,
                "The file stores tensors in type " + unknownTypes.getFirst() + ", which this version does not know"));
    }
}
