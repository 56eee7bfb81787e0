package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One text that is to become a vector; in JSON a string, or a list of the model's token ids. */
public sealed interface EmbeddingInput {
    /** Cover the marks that models want around a text. */
    int TOKENS_AROUND_TEXT = 16;

    /** A text as it is. */
    record Text(@JsonValue String text) implements EmbeddingInput {
        @Override
        public String toString() {
            return "Text[hidden]";
        }
    }

    /** Token ids, to which nothing is added. */
    record Tokens(@JsonValue List<Integer> ids) implements EmbeddingInput {
        public Tokens {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }

    /** Most tokens that it can have: a host that claims more is not believed. */
    default int tokensAtMost() {
        return switch (this) {
            case Text(String text) -> TextTokens.atMost(text) + TOKENS_AROUND_TEXT;
            case Tokens(List<Integer> ids) -> ids.size();
        };
    }

    /** Fewest tokens that it can have, for turning down what fits nowhere. */
    default int tokensAtLeast() {
        return switch (this) {
            case Text(String text) -> TextTokens.atLeast(text);
            case Tokens(List<Integer> ids) -> ids.size();
        };
    }

    /** @throws IllegalArgumentException when it is neither a string nor a list of token ids */
    @JsonCreator
    static EmbeddingInput of(JsonNode json) {
        if (json.isString()) return new Text(json.asString());
        if (!json.isArray()) throw new IllegalArgumentException("An input is a text or a list of token ids");
        List<Integer> ids = new ArrayList<>(json.size());
        for (JsonNode id : json) {
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0)
                throw new IllegalArgumentException("A token id is a whole number, 0 or more");
            ids.add(id.asInt());
        }
        return new Tokens(ids);
    }
}
