package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
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
 * @param repeatPenalty above 0 to 2; 1 is none
 * @param seed the same seed and request give the same answer on the same engine; absent: a random one
 * @param logitBias by token id, -100 (never) to 100; added to the token's logit
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SamplingParameters(
        double temperature,
        double topP,
        int topK,
        double minP,
        double frequencyPenalty,
        double presencePenalty,
        double repeatPenalty,
        OptionalLong seed,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<Integer, Double> logitBias) {
    public static final int MOST_LOGIT_BIASES = 1024;

    public static final SamplingParameters GREEDY = of(0);

    public SamplingParameters {
        if (seed == null) seed = OptionalLong.empty();
        logitBias = logitBias == null ? Map.of() : Map.copyOf(logitBias);
    }

    /** The model's own distribution at this temperature. */
    public static SamplingParameters of(double temperature) {
        return new SamplingParameters(temperature, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of());
    }

    public SamplingParameters withSeed(long other) {
        return new SamplingParameters(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repeatPenalty,
                OptionalLong.of(other),
                logitBias);
    }
}
