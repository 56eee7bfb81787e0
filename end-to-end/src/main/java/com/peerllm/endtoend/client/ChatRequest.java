package com.peerllm.endtoend.client;

import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to a model at temperature 0, so that the answer is the same every time.
 *
 * @param maxTokens most completion tokens; empty leaves it to the network
 */
public record ChatRequest(String model, String prompt, OptionalInt maxTokens) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static ChatRequest of(String model, String prompt) {
        return new ChatRequest(model, prompt, OptionalInt.empty());
    }

    public ChatRequest atMost(int tokens) {
        return new ChatRequest(model, prompt, OptionalInt.of(tokens));
    }

    /** The body of {@code POST /v1/chat/completions}; a streamed one asks for the token counts too. */
    public String json(boolean stream) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("temperature", 0);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        maxTokens.ifPresent(tokens -> body.put("max_completion_tokens", tokens));
        if (stream) body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return body.toString();
    }

    /** Leaves the prompt out, so that no message can hold it. */
    @Override
    public String toString() {
        return "ChatRequest[model=" + model + "]";
    }
}
