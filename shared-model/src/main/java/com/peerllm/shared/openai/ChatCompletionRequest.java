package com.peerllm.shared.openai;

import java.util.List;
import java.util.OptionalInt;

/**
 * A request to {@code POST /v1/chat/completions}, checked and with its defaults filled in.
 *
 * @param model the model asked for
 * @param options tools, form, thinking and log probabilities
 * @param maxTokens most completion tokens; empty means as many as the context allows
 * @param stop at most four strings
 * @param choices how many answers to the same prompt
 * @param wishes what hosts may answer
 * @param stream true for server-sent events
 * @param includeUsage true when the last event must carry the token counts
 */
public record ChatCompletionRequest(
        String model,
        List<ChatMessage> messages,
        SamplingParameters sampling,
        AnswerOptions options,
        OptionalInt maxTokens,
        List<String> stop,
        int choices,
        HostWishes wishes,
        boolean stream,
        boolean includeUsage) {
    public ChatCompletionRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
        if (choices < 1) throw new IllegalArgumentException("choices must be at least 1");
    }

    /** Names sizes only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "ChatCompletionRequest[model=" + model + ", messages=" + messages.size() + ", stream=" + stream + "]";
    }
}
