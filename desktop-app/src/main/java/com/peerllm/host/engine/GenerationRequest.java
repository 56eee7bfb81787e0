package com.peerllm.host.engine;

import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ResponseFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One answer to generate.
 *
 * @param prompt what is asked
 * @param delivered ids of the answer that were already delivered, by this host or another: the answer goes on after them and
 *     their text is not delivered again
 * @param sampling how tokens are chosen
 * @param maxTokens length of the whole answer at most, {@code delivered} included; the slot's context bounds it too
 * @param stop the answer ends before the first of these strings; the string itself is never delivered
 * @param cacheScope whose prompts may share computed prefixes with this one; empty shares with nobody and leaves nothing behind
 * @param format the form that the answer's text must have
 * @param topLogprobs absent: no log probabilities; else with how many alternatives, see {@link AnswerOptions#topLogprobs}
 */
public record GenerationRequest(
        Prompt prompt,
        List<Integer> delivered,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        Optional<String> cacheScope,
        ResponseFormat format,
        OptionalInt topLogprobs) {

    /** "As long as the context allows." */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    public GenerationRequest {
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(sampling);
        Objects.requireNonNull(cacheScope);
        Objects.requireNonNull(format);
        Objects.requireNonNull(topLogprobs);
        delivered = List.copyOf(delivered);
        stop = List.copyOf(stop);
        if (maxTokens < 1) throw new IllegalArgumentException("maxTokens must be at least 1");
        if (topLogprobs.orElse(0) < 0 || topLogprobs.orElse(0) > AnswerOptions.MOST_TOP_LOGPROBS)
            throw new IllegalArgumentException("topLogprobs must be 0 to " + AnswerOptions.MOST_TOP_LOGPROBS);
        if (stop.stream().anyMatch(String::isEmpty))
            throw new IllegalArgumentException("a stop string must not be empty");
    }

    /** A greedy answer as long as the model likes, from nothing delivered, sharing nothing. */
    public static GenerationRequest of(Prompt prompt) {
        return new GenerationRequest(
                prompt,
                List.of(),
                Sampling.greedy(),
                NO_LIMIT,
                List.of(),
                Optional.empty(),
                ResponseFormat.TEXT,
                OptionalInt.empty());
    }

    public GenerationRequest after(List<Integer> alreadyDelivered) {
        return new GenerationRequest(
                prompt, alreadyDelivered, sampling, maxTokens, stop, cacheScope, format, topLogprobs);
    }

    public GenerationRequest with(Sampling newSampling) {
        return new GenerationRequest(prompt, delivered, newSampling, maxTokens, stop, cacheScope, format, topLogprobs);
    }

    public GenerationRequest atMost(int tokens) {
        return new GenerationRequest(prompt, delivered, sampling, tokens, stop, cacheScope, format, topLogprobs);
    }

    public GenerationRequest stoppingAt(String... strings) {
        return new GenerationRequest(
                prompt, delivered, sampling, maxTokens, List.of(strings), cacheScope, format, topLogprobs);
    }

    public GenerationRequest inScope(String scope) {
        return new GenerationRequest(
                prompt, delivered, sampling, maxTokens, stop, Optional.of(scope), format, topLogprobs);
    }

    public GenerationRequest in(ResponseFormat newFormat) {
        return new GenerationRequest(prompt, delivered, sampling, maxTokens, stop, cacheScope, newFormat, topLogprobs);
    }

    public GenerationRequest withLogprobs(int alternatives) {
        return new GenerationRequest(
                prompt, delivered, sampling, maxTokens, stop, cacheScope, format, OptionalInt.of(alternatives));
    }

    /** How much of the worker's small memory the request takes, in characters; a token id counts for eight. */
    long weight() {
        long weight = prompt.weight() + 8L * delivered.size();
        for (String string : stop) weight += string.length();
        if (format instanceof ResponseFormat.JsonSchema(String schema)) weight += schema.length();
        return weight;
    }

    @Override
    public String toString() {
        return "GenerationRequest[prompt hidden, delivered=" + delivered.size() + ", maxTokens=" + maxTokens + "]";
    }
}
