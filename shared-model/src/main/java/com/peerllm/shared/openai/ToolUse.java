package com.peerllm.shared.openai;

import java.util.Objects;

/**
 * The tools that a model may call.
 *
 * @param toolsJson the OpenAI {@code tools} array as JSON text, checked: each element a function with a name and a schema
 * @param choice whether it may, must or must not call one
 * @param parallel whether one answer may hold several calls
 */
public record ToolUse(String toolsJson, ToolChoice choice, boolean parallel) {
    public ToolUse {
        Objects.requireNonNull(toolsJson);
        Objects.requireNonNull(choice);
    }

    /** Names sizes only: names and descriptions of tools belong to the prompt. */
    @Override
    public String toString() {
        return "ToolUse[" + toolsJson.length() + " characters, " + choice.mode() + "]";
    }
}
