package com.peerllm.host.engine;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the worker read from the loaded model and chose for it.
 *
 * @param description llama.cpp's own, such as {@code llama 1B Q8_0}
 * @param architecture the GGUF's {@code general.architecture}
 * @param parameters number of weights
 * @param sizeBytes of all tensors
 * @param vocabularySize number of token ids
 * @param contextTrained the context length that the model was trained with, in tokens
 * @param contextPerSlot the context that each sequence has here, in tokens
 * @param slots sequences that can run at once
 * @param threads that compute
 * @param bosToken beginning-of-sequence id, -1 when the vocabulary has none
 * @param eosToken end-of-sequence id, -1 when the vocabulary has none
 * @param templateSource how chats are rendered
 * @param loadMillis from the start of loading to ready, in milliseconds
 * @param features wire names of {@link com.peerllm.shared.wire.ModelFeature}: what can be asked of this model
 * @param embeddingDimensions length of its vectors; for a model that makes embeddings
 * @param devices what llama.cpp found on this computer
 */
public record ModelFacts(
        String description,
        String architecture,
        long parameters,
        long sizeBytes,
        int vocabularySize,
        int contextTrained,
        int contextPerSlot,
        int slots,
        int threads,
        int bosToken,
        int eosToken,
        TemplateSource templateSource,
        long loadMillis,
        List<String> features,
        OptionalInt embeddingDimensions,
        List<EngineDevice> devices) {
    public ModelFacts {
        features = List.copyOf(features);
        devices = List.copyOf(devices);
    }
}
