package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Token counts of one answer, as the OpenAI API names them. */
public record Usage(
        @JsonProperty("prompt_tokens") int promptTokens,
        @JsonProperty("completion_tokens") int completionTokens,
        @JsonProperty("total_tokens") int totalTokens,
        @JsonProperty("prompt_tokens_details") PromptTokensDetails promptTokensDetails,
        @JsonProperty("completion_tokens_details") CompletionTokensDetails completionTokensDetails) {

    /** @param reasoningTokens those of the completion's tokens that were thinking only */
    public static Usage of(int promptTokens, int completionTokens, int cachedTokens, int reasoningTokens) {
        return new Usage(
                promptTokens,
                completionTokens,
                promptTokens + completionTokens,
                new PromptTokensDetails(cachedTokens),
                new CompletionTokensDetails(reasoningTokens));
    }

    /** @param cachedTokens prompt tokens that were not computed again */
    public record PromptTokensDetails(
            @JsonProperty("cached_tokens") int cachedTokens) {}

    /** @param reasoningTokens tokens that were thinking only */
    public record CompletionTokensDetails(
            @JsonProperty("reasoning_tokens") int reasoningTokens) {}
}
