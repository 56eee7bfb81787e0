package com.peerllm.shared.openai;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request to {@code POST /v1/chat/completions} or {@code POST /v1/completions}, checked and with its defaults filled in.
 *
 * @param model the model asked for
 * @param messages the conversation; none when a text is to be continued
 * @param continued the text to continue, of a request to {@code POST /v1/completions}
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
        Optional<Continued> continued,
        SamplingParameters sampling,
        AnswerOptions options,
        OptionalInt maxTokens,
        List<String> stop,
        int choices,
        HostWishes wishes,
        boolean stream,
        boolean includeUsage) {

    /**
     * A text as the model gets it, without a chat template.
     *
     * @param echo whether the answer begins with it
     */
    public record Continued(String text, boolean echo) {
        /** Names the length only, so that no log line can hold a prompt. */
        @Override
        public String toString() {
            return "Continued[" + text.length() + " characters]";
        }
    }

    public ChatCompletionRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
        if (messages.isEmpty() != continued.isPresent())
            throw new IllegalArgumentException("A request has either messages or a text to continue");
        if (choices < 1) throw new IllegalArgumentException("choices must be at least 1");
    }

    /** Names sizes only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "ChatCompletionRequest[model=" + model + ", messages=" + messages.size() + ", stream=" + stream + "]";
    }
}
