package com.peerllm.shared.grammar;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which keywords of JSON Schema are kept, which say nothing about values, and which are refused: all others. */
final class Keywords {
    private static final Set<String> KEPT = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "anyOf",
            "oneOf",
            "allOf",
            "$ref",
            "nullable");

    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "discriminator",
            "readOnly",
            "writeOnly",
            "$schema",
            "$comment",
            "$defs",
            "definitions",
            "contentEncoding",
            "contentMediaType");

    /** Names that may be told: they are JSON Schema's, not the sender's. */
    private static final Set<String> KNOWN = Set.of(
            "not",
            "if",
            "then",
            "else",
            "patternProperties",
            "propertyNames",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "multipleOf",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedItems",
            "unevaluatedProperties",
            "additionalItems",
            "contentSchema",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$recursiveRef",
            "$recursiveAnchor",
            "$vocabulary",
            "$id");

    private Keywords() {}

    /** Refuses a schema with a keyword that is not kept. */
    static void check(JsonNode schema, String at) {
        for (String keyword : schema.propertyNames()) {
            if (KEPT.contains(keyword) || isAnnotation(keyword, at)) continue;
            String name = KNOWN.contains(keyword) ? "The keyword " + keyword : "A keyword";
            throw new UnsupportedSchema(name + " is not supported", Pointer.to(at, keyword));
        }
    }

    /** A schema may name itself; a name within it would change what references mean. */
    static boolean isAnnotation(String keyword, String at) {
        return ANNOTATIONS.contains(keyword) || keyword.equals("$id") && at.isEmpty();
    }
}
