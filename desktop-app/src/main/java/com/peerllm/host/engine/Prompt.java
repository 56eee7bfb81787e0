package com.peerllm.host.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the model is asked, in one of the three forms that the engine takes. */
public sealed interface Prompt {

    /** How much of the worker's small memory the prompt takes, in characters; a token id counts for eight. */
    default long weight() {
        return switch (this) {
            case Chat chat ->
                chat.messagesJson().length()
                        + chat.toolsJson().map(String::length).orElse(0);
            case Text(String text) -> text.length();
            case Tokens(List<Integer> ids) -> 8L * ids.size();
        };
    }

    /**
     * A chat, rendered with the model's own template.
     *
     * @param messagesJson the OpenAI {@code messages} array as JSON text
     * @param toolsJson the OpenAI {@code tools} array as JSON text
     */
    record Chat(String messagesJson, Optional<String> toolsJson) implements Prompt {
        public Chat {
            Objects.requireNonNull(messagesJson);
            Objects.requireNonNull(toolsJson);
        }

        public Chat(String messagesJson) {
            this(messagesJson, Optional.empty());
        }

        @Override
        public String toString() {
            return "Chat[hidden]";
        }
    }

    /** Plain text that the model continues; special tokens written out in it are recognised. */
    record Text(String text) implements Prompt {
        public Text {
            Objects.requireNonNull(text);
        }

        @Override
        public String toString() {
            return "Text[hidden]";
        }
    }

    /** Token ids, taken as they are: nothing is added in front. */
    record Tokens(List<Integer> ids) implements Prompt {
        public Tokens {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }
}
