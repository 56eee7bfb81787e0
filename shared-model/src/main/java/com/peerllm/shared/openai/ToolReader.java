package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what the model may call. The tools are written anew from the fields that chat templates know, each with a
 * description and a schema, so that a template never meets a tool without them.
 */
final class ToolReader {
    static final int MAX_TOOLS = 128;

    /** Of all tools together, as they are passed on. */
    static final int MAX_TOOLS_BYTES = 256 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> OF_TOOL = Set.of("type", "function");
    private static final Set<String> OF_FUNCTION = Set.of("name", "description", "parameters", "strict");

    private ToolReader() {}

    /** Nothing when no tool is named; then nothing may have to be called either. */
    static Optional<ToolUse> read(Fields body) {
        boolean parallel = body.flag("parallel_tool_calls", true);
        if (body.isEmpty("tools")) {
            if (choice(body, Set.of()).mode().forcesCall()) {
                throw Fields.invalid("invalid_value", "tool_choice", "'tool_choice' asks for a call without 'tools'.");
            }
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        String json = tools(body.list("tools"), names).toString();
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_TOOLS_BYTES) {
            throw Fields.invalid(
                    "invalid_value", "tools", "All tools together have at most " + MAX_TOOLS_BYTES / 1024 + " KiB.");
        }
        return Optional.of(new ToolUse(json, choice(body, names), parallel));
    }

    /** A function's name, checked. */
    static String functionName(Fields function) {
        String name = function.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw Fields.invalid(
                    "invalid_value",
                    function.at("name"),
                    "'" + function.at("name") + "' must have 1 to 64 letters, digits, '_' and '-'.");
        }
        return name;
    }

    private static ArrayNode tools(JsonNode list, Set<String> names) {
        if (list.size() > MAX_TOOLS) {
            throw Fields.invalid("invalid_value", "tools", "At most " + MAX_TOOLS + " tools are accepted.");
        }
        ArrayNode tools = JsonNodeFactory.instance.arrayNode(list.size());
        for (int i = 0; i < list.size(); i++) {
            Fields tool = Fields.of(list.get(i), "tools[" + i + "]");
            tool.refuseOthers(OF_TOOL);
            if (!tool.requiredText("type").equals("function")) throw Fields.unsupported(tool.at("type"));
            Fields function = tool.object("function");
            function.refuseOthers(OF_FUNCTION);
            function.flag("strict", false);
            String name = functionName(function);
            if (!names.add(name)) {
                throw Fields.invalid("invalid_value", function.at("name"), "Two tools have the same name.");
            }
            ObjectNode added = tools.addObject().put("type", "function").putObject("function");
            added.put("name", name)
                    .put("description", function.text("description").orElse(""));
            added.set("parameters", parameters(function));
        }
        return tools;
    }

    private static JsonNode parameters(Fields function) {
        if (!function.isEmpty("parameters")) {
            function.object("parameters");
            return function.node("parameters");
        }
        ObjectNode none = JsonNodeFactory.instance.objectNode().put("type", "object");
        none.putObject("properties");
        return none;
    }

    private static ToolChoice choice(Fields body, Set<String> names) {
        if (!body.has("tool_choice")) return ToolChoice.AUTO;
        if (body.node("tool_choice").isString()) {
            return switch (body.node("tool_choice").asString()) {
                case "auto" -> ToolChoice.AUTO;
                case "none" -> ToolChoice.NONE;
                case "required" -> ToolChoice.REQUIRED;
                default ->
                    throw Fields.invalid(
                            "invalid_value",
                            "tool_choice",
                            "'tool_choice' must be none, auto, required or an object that names a function.");
            };
        }
        Fields choice = body.object("tool_choice");
        choice.refuseOthers(OF_TOOL);
        if (!choice.requiredText("type").equals("function")) throw Fields.unsupported("tool_choice.type");
        String name = functionName(choice.object("function"));
        if (!names.contains(name)) {
            throw Fields.invalid(
                    "invalid_value",
                    "tool_choice.function.name",
                    "'tool_choice' names a function that is not in 'tools'.");
        }
        return ToolChoice.of(name);
    }
}
