package com.peerllm.endtoend.client;

import com.peerllm.shared.openai.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole answer: its text, why it ended, its token counts and what the network says of it. */
public record ChatAnswer(String text, String finishReason, Usage usage, Extras extras) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ChatAnswer of(JsonNode completion) {
        JsonNode choice = completion.path("choices").path(0);
        return new ChatAnswer(
                choice.path("message").path("content").asString(),
                choice.path("finish_reason").asString(),
                JSON.treeToValue(completion.path("usage"), Usage.class),
                JSON.treeToValue(completion.path("peerllm"), Extras.class));
    }

    /** Leaves the text out, so that no message can hold it. */
    @Override
    public String toString() {
        return "ChatAnswer[" + text.length() + " characters, " + usage.completionTokens() + " tokens, " + finishReason
                + "]";
    }
}
