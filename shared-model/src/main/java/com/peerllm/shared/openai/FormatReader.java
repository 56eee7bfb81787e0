package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads the form that an answer must have. */
final class FormatReader {
    static final int MAX_SCHEMA_BYTES = 256 * 1024;

    private FormatReader() {}

    static ResponseFormat read(Fields body) {
        if (body.isEmpty("response_format")) return ResponseFormat.TEXT;
        Fields format = body.object("response_format");
        String type = format.requiredText("type");
        format.refuseOthers(type.equals("json_schema") ? Set.of("type", "json_schema") : Set.of("type"));
        return switch (type) {
            case "text" -> ResponseFormat.TEXT;
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> schema(format.object("json_schema"));
            default ->
                throw Fields.invalid(
                        "invalid_value",
                        "response_format.type",
                        "'response_format.type' must be text, json_object or json_schema.");
        };
    }

    private static ResponseFormat schema(Fields named) {
        named.refuseOthers(Set.of("name", "description", "strict", "schema"));
        ToolReader.functionName(named);
        named.text("description");
        named.flag("strict", false);
        named.object("schema");
        String json = named.node("schema").toString();
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_SCHEMA_BYTES) {
            throw Fields.invalid(
                    "invalid_value", named.at("schema"), "A schema has at most " + MAX_SCHEMA_BYTES / 1024 + " KiB.");
        }
        return new ResponseFormat.JsonSchema(json);
    }
}
