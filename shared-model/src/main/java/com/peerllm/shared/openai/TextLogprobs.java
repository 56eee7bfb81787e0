package com.peerllm.shared.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns log probabilities from the form of chats into that of continued texts: one list for each fact instead of one object for
 * each token. Keeps count of where in the choice's text the next token begins.
 */
final class TextLogprobs {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private int offset;

    /** @param entriesJson an array of checked entries */
    Map<String, Object> of(String entriesJson) {
        List<String> tokens = new ArrayList<>();
        List<Double> logprobs = new ArrayList<>();
        List<Map<String, Double>> tops = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(entriesJson)) {
            tokens.add(entry.path("token").asString());
            logprobs.add(entry.path("logprob").asDouble());
            tops.add(top(entry));
            offsets.add(offset);
            offset += characters(entry);
        }
        return AnswerForm.fields(
                "tokens", tokens, "token_logprobs", logprobs, "top_logprobs", tops, "text_offset", offsets);
    }

    /** The alternatives and the token itself, the likeliest first. */
    private static Map<String, Double> top(JsonNode entry) {
        Map<String, Double> top = new LinkedHashMap<>();
        for (JsonNode each : entry.path("top_logprobs")) {
            top.putIfAbsent(each.path("token").asString(), each.path("logprob").asDouble());
        }
        top.putIfAbsent(entry.path("token").asString(), entry.path("logprob").asDouble());
        return top;
    }

    /** A character of several tokens counts where it begins: its other bytes begin with the bits 10. */
    private static int characters(JsonNode entry) {
        JsonNode bytes = entry.path("bytes");
        if (!bytes.isArray()) {
            String token = entry.path("token").asString();
            return token.codePointCount(0, token.length());
        }
        int characters = 0;
        for (JsonNode each : bytes) if ((each.asInt() & 0xC0) != 0x80) characters++;
        return characters;
    }
}
