package com.peerllm.host.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The facts of a published model's configuration from which memory and speed follow.
 *
 * @param architecture llama.cpp's word, such as {@code qwen2}
 * @param parameters numbers in all weights
 * @param activeParameters of them used for one token; the same in a dense model
 * @param keyLength numbers per key of one head, as per value
 * @param contextLength the most tokens that it was trained to look at
 * @param slidingWindow tokens that some layers look back; 0 when all look at everything
 * @param kind {@code chat} or {@code embedding}
 * @param experts absent in a dense model
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CatalogArchitecture(
        String architecture,
        long parameters,
        long activeParameters,
        int layers,
        int embeddingLength,
        int feedForwardLength,
        int heads,
        int keyValueHeads,
        int keyLength,
        int contextLength,
        int vocabularySize,
        int slidingWindow,
        String kind,
        Optional<Experts> experts) {
    public static final String EMBEDDING = "embedding";

    /**
     * A mixture of experts.
     *
     * @param count per layer
     * @param used of them for one token
     * @param feedForwardLength of one
     */
    public record Experts(int count, int used, int feedForwardLength) {}

    public CatalogArchitecture {
        experts = experts == null ? Optional.empty() : experts;
    }

    /** Of a dense model. */
    public CatalogArchitecture(
            String architecture,
            long parameters,
            long activeParameters,
            int layers,
            int embeddingLength,
            int feedForwardLength,
            int heads,
            int keyValueHeads,
            int keyLength,
            int contextLength,
            int vocabularySize,
            int slidingWindow,
            String kind) {
        this(
                architecture,
                parameters,
                activeParameters,
                layers,
                embeddingLength,
                feedForwardLength,
                heads,
                keyValueHeads,
                keyLength,
                contextLength,
                vocabularySize,
                slidingWindow,
                kind,
                Optional.empty());
    }
}
