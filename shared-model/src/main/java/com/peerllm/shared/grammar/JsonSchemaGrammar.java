package com.peerllm.shared.grammar;

import tools.jackson.databind.JsonNode;

/**
 * Grammars in llama.cpp's notation (GBNF) for answers that are JSON.
 *
 * <p>What such a grammar allows fits the schema, whatever the model says. The other way there are limits, for the sake of
 * answers that end: properties come in the schema's order, properties and elements that the schema does not mention come only
 * when it says that they may, and blanks and digits are bounded. What cannot be kept exactly is refused by name.
 */
public final class JsonSchemaGrammar {
    private JsonSchemaGrammar() {}

    /**
     * The grammar of the values that fit a schema.
     *
     * @throws UnsupportedSchema when the text is no JSON schema, or one that cannot be kept exactly
     */
    public static String of(String schemaJson) {
        JsonNode schema = SchemaText.read(schemaJson);
        GrammarBuilder grammar = new GrammarBuilder();
        grammar.rule("root", grammar.schema(schema));
        return grammar.toGbnf();
    }

    /** The grammar of any JSON object. */
    public static String anyObject() {
        GrammarBuilder grammar = new GrammarBuilder();
        grammar.rule("root", new JsonRules(grammar).object());
        return grammar.toGbnf();
    }
}
