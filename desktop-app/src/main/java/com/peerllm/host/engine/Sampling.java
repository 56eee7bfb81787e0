package com.peerllm.host.engine;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How the next token is chosen from the model's distribution; llama.cpp's own samplers do it.
 *
 * @param temperature 0 takes the most likely token always (greedy); 1 is the model's own distribution
 * @param topP keep the most likely tokens that together reach this probability; 1 keeps all
 * @param topK keep this many most likely tokens; 0 keeps all
 * @param minP keep tokens at least this likely relative to the most likely one; 0 keeps all
 * @param frequencyPenalty taken from a token's logit for each time it occurred lately; 0 is off
 * @param presencePenalty taken from a token's logit once it occurred lately; 0 is off
 * @param repeatPenalty divides the logit of a token that occurred lately; 1 is off
 * @param seed same seed, prompt and settings give the same answer; without one, each answer differs
 * @param logitBias added to the logit of a token id; -100 or less forbids the token
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        double frequencyPenalty,
        double presencePenalty,
        double repeatPenalty,
        OptionalLong seed,
        Map<Integer, Double> logitBias) {

    public Sampling {
        if (!(temperature >= 0 && temperature <= 100))
            throw new IllegalArgumentException("temperature must be 0 to 100");
        if (!(topP >= 0 && topP <= 1)) throw new IllegalArgumentException("topP must be 0 to 1");
        if (topK < 0) throw new IllegalArgumentException("topK must not be negative");
        if (!(minP >= 0 && minP <= 1)) throw new IllegalArgumentException("minP must be 0 to 1");
        if (!(Math.abs(frequencyPenalty) <= 100))
            throw new IllegalArgumentException("frequencyPenalty must be -100 to 100");
        if (!(Math.abs(presencePenalty) <= 100))
            throw new IllegalArgumentException("presencePenalty must be -100 to 100");
        if (!(repeatPenalty > 0 && repeatPenalty <= 100))
            throw new IllegalArgumentException("repeatPenalty must be above 0");
        logitBias = Map.copyOf(logitBias);
    }

    /** The most likely token, always. */
    public static Sampling greedy() {
        return of(0);
    }

    /** The model's own distribution at this temperature, nothing cut off and nothing punished. */
    public static Sampling of(double temperature) {
        return new Sampling(temperature, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of());
    }

    public Sampling withSeed(long newSeed) {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repeatPenalty,
                OptionalLong.of(newSeed),
                logitBias);
    }
}
