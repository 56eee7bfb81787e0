package com.peerllm.shared.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;

/**
 * A call that a model made, in the OpenAI API's own form.
 *
 * @param id names the call in the answer's follow-up
 */
@JsonPropertyOrder({"id", "type", "function"})
public record ToolCall(String id, Function function) {

    /** @param arguments JSON text */
    public record Function(String name, String arguments) {
        public Function {
            Objects.requireNonNull(name);
            Objects.requireNonNull(arguments);
        }
    }

    public ToolCall {
        Objects.requireNonNull(id);
        Objects.requireNonNull(function);
    }

    /** The API knows no other. */
    @JsonProperty
    public String type() {
        return "function";
    }

    /** Names sizes only, so that no log line can hold an answer. */
    @Override
    public String toString() {
        return "ToolCall[" + function.arguments().length() + " characters]";
    }
}
