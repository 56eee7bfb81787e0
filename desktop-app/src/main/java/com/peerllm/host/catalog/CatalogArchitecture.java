package com.peerllm.host.catalog;

/**
 * The facts of a published model's configuration from which memory and speed follow.
 *
 * @param architecture llama.cpp's word, such as {@code qwen2}
 * @param parameters numbers in all weights
 * @param activeParameters of them used for one token; the same in a dense model
 * @param keyLength numbers per key of one head, as per value
 * @param contextLength the most tokens that it was trained to look at
 * @param slidingWindow tokens that most layers look back; 0 when all look at everything
 * @param kind {@code chat} or {@code embedding}
 */
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
        String kind) {}
