package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One turn of a conversation, its content parts joined to one text.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content the text, never null
 * @param name the speaker, when the consumer names one
 * @param toolCalls what the assistant called in this turn
 * @param toolCallId the call that a tool's message answers
 * @param reasoning what the assistant thought before this turn's text
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChatMessage(
        String role,
        String content,
        Optional<String> name,

        @JsonProperty("tool_calls") @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ToolCall> toolCalls,

        @JsonProperty("tool_call_id") Optional<String> toolCallId,
        @JsonProperty("reasoning_content") Optional<String> reasoning) {
    public ChatMessage {
        Objects.requireNonNull(role);
        Objects.requireNonNull(content);
        if (name == null) name = Optional.empty();
        toolCalls = toolCalls == null ? List.of() : List.copyOf(toolCalls);
        if (toolCallId == null) toolCallId = Optional.empty();
        if (reasoning == null) reasoning = Optional.empty();
    }

    public static ChatMessage of(String role, String content) {
        return of(role, content, Optional.empty());
    }

    public static ChatMessage of(String role, String content, Optional<String> name) {
        return new ChatMessage(role, content, name, List.of(), Optional.empty(), Optional.empty());
    }

    /** Names the role and length only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "ChatMessage[" + role + ", " + content.length() + " characters]";
    }
}
