package com.peerllm.shared.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the conversation of a request: texts, the assistant's earlier calls and thoughts, and what tools answered. */
final class MessageReader {
    private static final int MAX_MESSAGES = 4096;
    private static final int MAX_CALLS = 128;
    private static final int MAX_ID_LENGTH = 128;

    private static final Map<String, String> ROLES =
            Map.of("system", "system", "developer", "system", "user", "user", "assistant", "assistant", "tool", "tool");

    private MessageReader() {}

    static List<ChatMessage> read(Fields body) {
        JsonNode list = body.node("messages");
        if (!list.isArray() || list.isEmpty()) {
            throw Fields.invalid(
                    "missing_required_parameter", "messages", "'messages' must be a list with at least one message.");
        }
        if (list.size() > MAX_MESSAGES) {
            throw Fields.invalid(
                    "too_many_messages", "messages", "At most " + MAX_MESSAGES + " messages are accepted.");
        }
        List<ChatMessage> messages = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) messages.add(message(Fields.of(list.get(i), "messages[" + i + "]")));
        return messages;
    }

    private static ChatMessage message(Fields message) {
        String role = ROLES.get(message.node("role").asString(""));
        if (role == null) {
            throw Fields.invalid(
                    "invalid_value",
                    message.at("role"),
                    "A role is one of system, developer, user, assistant and tool.");
        }
        boolean assistant = role.equals("assistant");
        List<ToolCall> calls = toolCalls(message, assistant);
        Optional<String> reasoning = assistant ? message.text("reasoning_content") : Optional.empty();
        boolean mayBeSilent = !calls.isEmpty() || reasoning.isPresent();
        return new ChatMessage(
                role,
                mayBeSilent && !message.has("content") ? "" : content(message),
                message.text("name"),
                calls,
                role.equals("tool") ? Optional.of(id(message, "tool_call_id")) : Optional.empty(),
                reasoning);
    }

    private static String content(Fields message) {
        JsonNode node = message.node("content");
        String at = message.at("content");
        if (node.isString()) return node.asString();
        if (!node.isArray()) {
            throw Fields.invalid("invalid_type", at, "Content must be a string or a list of parts of type text.");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < node.size(); i++) {
            JsonNode part = node.get(i);
            String type = part.path("type").asString("");
            if (!type.equals("text")) throw Fields.unsupported(at + "[" + i + "].type");
            if (!part.path("text").isString()) {
                throw Fields.invalid("invalid_type", at + "[" + i + "].text", "The text of a part must be a string.");
            }
            text.append(part.path("text").asString());
        }
        return text.toString();
    }

    private static List<ToolCall> toolCalls(Fields message, boolean assistant) {
        if (message.isEmpty("tool_calls")) return List.of();
        if (!assistant) {
            throw Fields.invalid(
                    "invalid_value", message.at("tool_calls"), "Only a message of the assistant has tool calls.");
        }
        JsonNode list = message.list("tool_calls");
        if (list.size() > MAX_CALLS) {
            throw Fields.invalid(
                    "invalid_value", message.at("tool_calls"), "At most " + MAX_CALLS + " calls are accepted.");
        }
        List<ToolCall> calls = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            Fields call = Fields.of(list.get(i), message.at("tool_calls") + "[" + i + "]");
            if (!call.text("type").orElse("function").equals("function")) throw Fields.unsupported(call.at("type"));
            Fields function = call.object("function");
            calls.add(new ToolCall(
                    id(call, "id"),
                    new ToolCall.Function(
                            ToolReader.functionName(function),
                            function.text("arguments").orElse(""))));
        }
        return calls;
    }

    private static String id(Fields fields, String name) {
        String id = fields.requiredText(name);
        if (id.length() > MAX_ID_LENGTH) {
            throw Fields.invalid(
                    "invalid_value", fields.at(name), "An id has at most " + MAX_ID_LENGTH + " characters.");
        }
        return id;
    }
}
