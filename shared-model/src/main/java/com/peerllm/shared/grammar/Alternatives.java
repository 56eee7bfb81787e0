package com.peerllm.shared.grammar;

import com.peerllm.shared.grammar.SchemaParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The schemas of an {@code anyOf} or {@code oneOf}, each together with all that stands beside it.
 *
 * @param exclusive whether a value may fit one of them only
 * @param at where the list stands
 */
record Alternatives(List<JsonNode> schemas, boolean exclusive, String at) {
    private static final int MOST = 256;

    /** The first list of alternatives in these parts, if there is one. */
    static Optional<Alternatives> in(List<Part> parts) {
        for (int i = 0; i < parts.size(); i++)
            for (String keyword : List.of("anyOf", "oneOf"))
                if (parts.get(i).has(keyword)) return Optional.of(of(parts, i, keyword));
        return Optional.empty();
    }

    private static Alternatives of(List<Part> parts, int chosen, String keyword) {
        Part part = parts.get(chosen);
        List<JsonNode> listed = SchemaParts.list(part.get(keyword), keyword, part.at());
        if (listed.size() > MOST)
            throw new UnsupportedSchema(
                    "The keyword " + keyword + " can have " + MOST + " schemas only", part.at(keyword));
        List<JsonNode> beside = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part other = i == chosen ? part.without(keyword) : parts.get(i);
            if (!other.keywords().isEmpty()) beside.add(other.keywords());
        }
        return new Alternatives(
                listed.stream().map(schema -> together(schema, beside)).toList(),
                keyword.equals("oneOf"),
                part.at(keyword));
    }

    private static JsonNode together(JsonNode schema, List<JsonNode> beside) {
        if (beside.isEmpty()) return schema;
        List<JsonNode> all = new ArrayList<>(beside);
        all.addFirst(schema);
        return SchemaParts.together(all);
    }
}
