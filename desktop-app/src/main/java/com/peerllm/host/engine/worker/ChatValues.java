package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.jinja.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the JSON of a request into the values that templates know, in the form that most templates are written for: a content of
 * text parts becomes one text, the arguments of tool calls become objects unless the template wants their text.
 */
final class ChatValues {
    private final JsonMapper json;
    private final Arguments arguments;

    /** In what form a template takes the arguments of calls. */
    enum Arguments {
        OBJECT,
        TEXT
    }

    ChatValues(JsonMapper json, Arguments arguments) {
        this.json = json;
        this.arguments = arguments;
    }

    List<Object> messages(String messagesJson) {
        JsonNode array = parse(messagesJson);
        if (!array.isArray()) throw unreadable();
        List<Object> messages = new ArrayList<>();
        for (JsonNode message : array) messages.add(message(message));
        return messages;
    }

    Object read(String text) {
        return value(parse(text));
    }

    private Map<String, Object> message(JsonNode message) {
        if (!message.isObject()) throw unreadable();
        Map<String, Object> values = new LinkedHashMap<>();
        message.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        if (message.path("content").isArray()) values.put("content", joined(message.path("content")));
        boolean callsTools = message.path("tool_calls").isArray();
        if (callsTools) values.put("tool_calls", toolCalls(message.path("tool_calls")));
        else if (message.path("content").isNull()) values.put("content", "");
        return values;
    }

    private static String joined(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (!part.path("type").asString("text").equals("text"))
                throw new EngineException(
                        EngineErrorCode.BAD_REQUEST,
                        "This model reads text only; leave pictures and other parts out of the messages.");
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    private List<Object> toolCalls(JsonNode calls) {
        List<Object> values = new ArrayList<>();
        for (JsonNode call : calls) {
            Map<String, Object> copy = new LinkedHashMap<>();
            call.properties().forEach(field -> copy.put(field.getKey(), value(field.getValue())));
            JsonNode text = call.path("function").path("arguments");
            if (text.isString() && arguments == Arguments.OBJECT) {
                Map<String, Object> function = new LinkedHashMap<>();
                call.path("function")
                        .properties()
                        .forEach(field -> function.put(field.getKey(), value(field.getValue())));
                function.put("arguments", objectOrText(text.asString()));
                copy.put("function", function);
            }
            values.add(copy);
        }
        return values;
    }

    private Object objectOrText(String text) {
        try {
            JsonNode parsed = json.readTree(text);
            return parsed.isObject() ? value(parsed) : text;
        } catch (JacksonException e) {
            return text;
        }
    }

    private static Object value(JsonNode node) {
        if (node.isString()) return node.asString();
        if (node.isBoolean()) return node.asBoolean();
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.asLong();
        if (node.isNumber()) return node.asDouble();
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode item : node) list.add(value(item));
            return list;
        }
        if (!node.isObject()) return Nothing.NONE;
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            throw unreadable();
        }
    }

    private static EngineException unreadable() {
        return new EngineException(
                EngineErrorCode.BAD_REQUEST, "The chat's messages are not a JSON array of messages.");
    }
}
