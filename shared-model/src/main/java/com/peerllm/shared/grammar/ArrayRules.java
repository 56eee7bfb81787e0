package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules of one schema's arrays: elements with schemas of their own first, then others alike. */
final class ArrayRules {
    private static final int MOST_PREFIX = 256;

    private final GrammarBuilder grammar;
    private final SchemaRules schemas;
    private final Merged schema;
    private final String at;
    private final String blank;
    private final List<String> prefix = new ArrayList<>();
    private int most;

    ArrayRules(GrammarBuilder grammar, SchemaRules schemas, Merged schema, String at) {
        this.grammar = grammar;
        this.schemas = schemas;
        this.schema = schema;
        this.at = at;
        this.blank = grammar.json().blank();
        this.most = schema.maxItems.orElse(Integer.MAX_VALUE);
    }

    /** None when no array fits. */
    Optional<String> array() {
        if (schema.prefix.size() > MOST_PREFIX)
            throw new UnsupportedSchema("The keyword prefixItems can have " + MOST_PREFIX + " schemas only", at);
        readPrefix();
        Optional<String> others = most > prefix.size() ? others() : Optional.empty();
        if (others.isEmpty()) most = Math.min(most, prefix.size());
        if (schema.minItems > most) return Optional.empty();
        List<String> parts = new ArrayList<>(prefix);
        others.ifPresent(parts::add);
        String rule = grammar.rule("array", "\"[\" " + blank + " " + body(others));
        grammar.overlap().container(rule, Overlap.Opening.ARRAY, parts, Optional.empty());
        return Optional.of(rule);
    }

    /** An element that no value fits ends the array before it. */
    private void readPrefix() {
        for (int i = 0; i < schema.prefix.size() && i < most; i++) {
            Optional<String> rule = schemas.value(schema.prefix.get(i), Pointer.to(Pointer.to(at, "prefixItems"), i));
            if (rule.isEmpty()) {
                most = i;
                return;
            }
            prefix.add(rule.get());
        }
    }

    private Optional<String> others() {
        JsonNode values = schema.items.orElse(JsonNodeFactory.instance.booleanNode(schema.prefix.isEmpty()));
        return schemas.value(values, Pointer.to(at, "items"));
    }

    private String body(Optional<String> others) {
        String rest = afterPrefix(others);
        for (int i = prefix.size() - 1; i >= 0; i--) {
            String element = (i == 0 ? "" : "\",\" " + blank + " ") + prefix.get(i) + " " + rest;
            rest = grammar.rule("from-" + i, i < schema.minItems ? element : element + " | " + end(i));
        }
        return rest;
    }

    /** The elements behind those of the prefix, and the closing bracket. */
    private String afterPrefix(Optional<String> others) {
        int before = prefix.size();
        if (others.isEmpty()) return grammar.rule("end", end(before));
        int least = Math.max(0, schema.minItems - before);
        String more = grammar.rule("more", "\",\" " + blank + " " + others.get());
        if (before > 0) return grammar.rule("rest", more + times(least, before) + " " + end(before));
        String first = others.get() + " " + more + times(Math.max(0, least - 1), 1) + " " + end(1);
        return grammar.rule("rest", least > 0 ? first : first + " | " + end(0));
    }

    /** How often another element may come after so many. */
    private String times(int least, int before) {
        return "{" + least + "," + (most == Integer.MAX_VALUE ? "" : most - before) + "}";
    }

    /** After the opening bracket the blank is there already. */
    private String end(int elements) {
        return elements == 0 ? "\"]\"" : blank + " \"]\"";
    }
}
