package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One turn of a conversation, its content parts joined to one text.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content the text, never null
 * @param name the speaker, when the consumer names one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChatMessage(String role, String content, Optional<String> name) {
    public ChatMessage {
        java.util.Objects.requireNonNull(role);
        java.util.Objects.requireNonNull(content);
        if (name == null) name = Optional.empty();
    }

    public static ChatMessage of(String role, String content) {
        return new ChatMessage(role, content, Optional.empty());
    }

    /** Names the role and length only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "ChatMessage[" + role + ", " + content.length() + " characters]";
    }
}
