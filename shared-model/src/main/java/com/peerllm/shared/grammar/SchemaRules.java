package com.peerllm.shared.grammar;

import tools.jackson.databind.JsonNode;

/** Turns one schema document into rules. */
final class SchemaRules {
    private final GrammarBuilder grammar;
    private final JsonNode document;

    SchemaRules(GrammarBuilder grammar, JsonNode document) {
        this.grammar = grammar;
        this.document = document;
    }

    String value() {
        if (document.isObject() && document.isEmpty()) return new JsonRules(grammar).value();
        return new JsonRules(grammar).object();
    }
}
