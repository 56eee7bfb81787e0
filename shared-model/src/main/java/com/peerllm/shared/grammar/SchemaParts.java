package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a schema apart into schemas that must hold together and that name no others: its own keywords, what it refers to, and the
 * parts of {@code allOf}.
 */
final class SchemaParts {
    private static final int MOST_PARTS = 256;

    /** Stands in schemas that were put together here, where {@code allOf} would; places in it are not the sender's. */
    private static final String TOGETHER = "\0together";

    /** A schema with keywords of its own only, and where it stands. */
    record Part(ObjectNode keywords, String at) {

        boolean has(String keyword) {
            return keywords.has(keyword);
        }

        JsonNode get(String keyword) {
            return keywords.get(keyword);
        }

        String at(String keyword) {
            return Pointer.to(at, keyword);
        }

        Part without(String keyword) {
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            rest.setAll(keywords);
            rest.remove(keyword);
            return new Part(rest, at);
        }
    }

    private final JsonNode document;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> references = new HashSet<>();
    private boolean possible = true;

    private SchemaParts(JsonNode document) {
        this.document = document;
    }

    /** The parts of a schema of this document. */
    static SchemaParts of(JsonNode document, JsonNode schema, String at) {
        SchemaParts parts = new SchemaParts(document);
        parts.take(schema, at);
        return parts;
    }

    /** A schema that holds what all of these ask for. */
    static JsonNode together(List<JsonNode> schemas) {
        return JsonNodeFactory.instance
                .objectNode()
                .set(TOGETHER, JsonNodeFactory.instance.arrayNode().addAll(schemas));
    }

    /** False when one of the parts is {@code false}, which no value fits. */
    boolean possible() {
        return possible;
    }

    List<Part> all() {
        return parts;
    }

    private void take(JsonNode schema, String at) {
        if (schema.isBoolean()) {
            possible &= schema.booleanValue();
            return;
        }
        if (!(schema instanceof ObjectNode object))
            throw new UnsupportedSchema("A schema must be an object, true or false", at);
        if (object.has(TOGETHER)) {
            object.get(TOGETHER).forEach(one -> take(one, at));
            return;
        }
        Keywords.check(object, at);
        if (parts.size() >= MOST_PARTS)
            throw new UnsupportedSchema("The schema combines more than " + MOST_PARTS + " schemas in one place", at);
        parts.add(new Part(own(object, at), at));
        if (object.has("$ref")) follow(object.get("$ref"), Pointer.to(at, "$ref"));
        if (object.has("allOf")) {
            List<JsonNode> all = list(object.get("allOf"), "allOf", at);
            for (int i = 0; i < all.size(); i++) take(all.get(i), Pointer.to(Pointer.to(at, "allOf"), i));
        }
    }

    private void follow(JsonNode reference, String at) {
        JsonNode target = Pointer.target(document, reference, at);
        // The same place twice adds nothing, and ends what refers to itself.
        if (references.add(reference.stringValue()))
            take(target, reference.stringValue().substring(1));
    }

    private static ObjectNode own(ObjectNode schema, String at) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        for (var entry : schema.properties()) {
            String keyword = entry.getKey();
            boolean structure = keyword.equals("$ref") || keyword.equals("allOf");
            if (!structure && !Keywords.isAnnotation(keyword, at)) own.set(keyword, entry.getValue());
        }
        return own;
    }

    /** The schemas of a keyword that takes a list of them. */
    static List<JsonNode> list(JsonNode value, String keyword, String at) {
        if (!value.isArray() || value.isEmpty())
            throw new UnsupportedSchema(
                    "The keyword " + keyword + " must be a list of schemas", Pointer.to(at, keyword));
        List<JsonNode> schemas = new ArrayList<>();
        value.forEach(schemas::add);
        return schemas;
    }
}
