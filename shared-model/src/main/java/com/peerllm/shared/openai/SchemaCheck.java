package com.peerllm.shared.openai;

import com.peerllm.shared.grammar.JsonSchemaGrammar;
import com.peerllm.shared.grammar.UnsupportedSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiles the schemas of a request as a host will, so that one which no answer could be held to is refused at the door and
 * costs no host anything.
 */
public final class SchemaCheck {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SchemaCheck() {}

    public static boolean isNeeded(AnswerOptions options) {
        return options.tools().isPresent() || options.format() instanceof ResponseFormat.JsonSchema;
    }

    /**
     * Takes milliseconds when the schemas are large: not for an event loop.
     *
     * @throws InvalidRequest {@code unsupported_schema}, with the keyword and its place
     */
    public static void check(AnswerOptions options) {
        options.tools().ifPresent(use -> {
            int at = 0;
            for (JsonNode tool : JSON.readTree(use.toolsJson())) {
                JsonNode parameters = tool.path("function").path("parameters");
                compile(parameters.toString(), "tools[" + at++ + "].function.parameters");
            }
        });
        if (options.format() instanceof ResponseFormat.JsonSchema(String schema)) {
            compile(schema, "response_format.json_schema.schema");
        }
    }

    /** The sentence has names of the schema's properties in it: it goes to the one who sent them, and nowhere else. */
    private static void compile(String schema, String param) {
        try {
            JsonSchemaGrammar.of(schema);
        } catch (UnsupportedSchema e) {
            throw Fields.invalid("unsupported_schema", param, e.getMessage());
        }
    }
}
