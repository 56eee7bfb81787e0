package com.peerllm.shared.openai;

import java.util.List;
import java.util.OptionalInt;

/**
 * A request to {@code POST /v1/embeddings}, checked and with its defaults filled in.
 *
 * @param model the model asked for
 * @param inputs what is to become vectors, in order; at least one
 * @param encoding how the vectors are written
 * @param dimensions how long the consumer wants them, if it said so
 * @param wishes what hosts may make them
 */
public record EmbeddingRequest(
        String model, List<EmbeddingInput> inputs, Encoding encoding, OptionalInt dimensions, HostWishes wishes) {

    /** How a vector is written in the answer. */
    public enum Encoding {
        /** A list of numbers. */
        FLOAT,
        /** The Base64 of 32-bit floats in little-endian order. */
        BASE64
    }

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) throw new IllegalArgumentException("There must be an input");
    }

    /** Names sizes only, so that no log line can hold a text. */
    @Override
    public String toString() {
        return "EmbeddingRequest[model=" + model + ", inputs=" + inputs.size() + "]";
    }
}
