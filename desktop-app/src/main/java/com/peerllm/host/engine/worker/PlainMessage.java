package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat message reduced to role and text, for the templates that know no more. */
record PlainMessage(String role, String content) {

    static List<PlainMessage> read(JsonMapper json, String messagesJson) {
        JsonNode array;
        try {
            array = json.readTree(messagesJson);
        } catch (JacksonException e) {
            throw unreadable();
        }
        if (!array.isArray()) throw unreadable();
        List<PlainMessage> messages = new ArrayList<>();
        for (JsonNode message : array)
            messages.add(new PlainMessage(message.path("role").asString("user"), text(message.path("content"))));
        return messages;
    }

    /** The content is a text, or a list of parts of which only those with a text count. */
    private static String text(JsonNode content) {
        if (!content.isArray()) return content.asString("");
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) all.append(part.path("text").asString(""));
        return all.toString();
    }

    private static EngineException unreadable() {
        return new EngineException(
                EngineErrorCode.BAD_REQUEST, "The chat's messages are not a JSON array of messages.");
    }
}
