package com.peerllm.host.engine;

import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ToolUse;
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
                        + chat.tools().map(tools -> tools.toolsJson().length()).orElse(0);
            case Text(String text) -> text.length();
            case Tokens(List<Integer> ids) -> 8L * ids.size();
        };
    }

    /**
     * A chat, rendered with the model's own template.
     *
     * @param messagesJson the OpenAI {@code messages} array as JSON text
     * @param tools shown to the model, and read out of its answer
     * @param reasoning told to templates that can switch thinking on and off
     */
    record Chat(String messagesJson, Optional<ToolUse> tools, Reasoning reasoning) implements Prompt {
        public Chat {
            Objects.requireNonNull(messagesJson);
            Objects.requireNonNull(tools);
            Objects.requireNonNull(reasoning);
        }

        public Chat(String messagesJson) {
            this(messagesJson, Optional.empty(), Reasoning.DEFAULT);
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
