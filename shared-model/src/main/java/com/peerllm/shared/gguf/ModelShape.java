package com.peerllm.shared.gguf;

import java.util.OptionalDouble;

/**
 * The sizes of a model's parts, as the header states them.
 *
 * @param layers all blocks, those of {@code predictionLayers} included
 * @param predictionLayers trailing blocks that guess further tokens and keep nothing during ordinary answers
 * @param embeddingLength numbers per token between the layers
 * @param feedForwardLength the widest feed-forward part of any layer; 0 where a model has none
 * @param contextLength the most tokens that the model was trained to look at
 * @param vocabularySize tokens that the model knows
 * @param expertCount experts per layer; 0 in a dense model
 * @param expertsUsed experts asked per token, in the layer that asks most; 0 in a dense model
 * @param expertFeedForwardLength the feed-forward width of one expert; 0 in a dense model
 * @param ropeFrequencyBase the base of the rotary position code, where stated
 */
public record ModelShape(
        int layers,
        int predictionLayers,
        int embeddingLength,
        int feedForwardLength,
        int contextLength,
        int vocabularySize,
        int expertCount,
        int expertsUsed,
        int expertFeedForwardLength,
        OptionalDouble ropeFrequencyBase) {}
