package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalLong;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 (greedy) to 2
 * @param topP 0 to 1; 1 keeps all
 * @param topK 0 keeps all
 * @param minP 0 to 1; 0 keeps all
 * @param frequencyPenalty -2 to 2; 0 is none
 * @param presencePenalty -2 to 2; 0 is none
 * @param seed the same seed and request give the same answer on the same engine; absent: a random one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SamplingParameters(
        double temperature,
        double topP,
        int topK,
        double minP,
        double frequencyPenalty,
        double presencePenalty,
        OptionalLong seed) {
    public static final SamplingParameters GREEDY = new SamplingParameters(0, 1, 0, 0, 0, 0, OptionalLong.empty());
}
