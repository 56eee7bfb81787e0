package com.peerllm.shared.openai;

import java.util.List;
import java.util.OptionalInt;

/**
 * A request to {@code POST /v1/chat/completions}, checked and with its defaults filled in.
 *
 * @param model the model asked for
 * @param maxTokens most completion tokens; empty means as many as the context allows
 * @param stop at most four strings
 * @param stream true for server-sent events
 * @param includeUsage true when the last event must carry the token counts
 */
public record ChatCompletionRequest(
        String model,
        List<ChatMessage> messages,
        SamplingParameters sampling,
        OptionalInt maxTokens,
        List<String> stop,
        boolean stream,
        boolean includeUsage) {
    public ChatCompletionRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
    }

    /** Names sizes only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "ChatCompletionRequest[model=" + model + ", messages=" + messages.size() + ", stream=" + stream + "]";
    }
}
