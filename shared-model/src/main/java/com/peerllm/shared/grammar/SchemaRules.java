package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns the schemas of one document into rules, each once, however often it is referred to. */
final class SchemaRules {
    private static final int MOST_NESTING = 100;

    /** Characters of all schemas that are looked at; alternatives beside alternatives multiply them. */
    private static final long MOST_WORK = 2L * SchemaText.MOST_CHARACTERS;

    private static final int EACH = 200;

    /** A rule of values that fit a schema; a schema that no value fits has none. */
    private final Map<String, Optional<String>> rules = new HashMap<>();

    /** Names that recursive schemas have promised before their rules are there. */
    private final Map<String, Optional<String>> promised = new HashMap<>();

    private final GrammarBuilder grammar;
    private final JsonNode document;
    private int nesting;
    private long work;

    SchemaRules(GrammarBuilder grammar, JsonNode document) {
        this.grammar = grammar;
        this.document = document;
    }

    /** The rule of the whole document. */
    String all() {
        String rule = value(document, "").orElseThrow(() -> new UnsupportedSchema("No value fits the schema", ""));
        if (!grammar.overlap().bounded())
            throw new UnsupportedSchema(
                    "The schema has too many alternatives that begin alike; let each begin with a property of its own constant",
                    "");
        return rule;
    }

    /** The rule of the values that fit a schema of this document; none when no value does. */
    Optional<String> value(JsonNode schema, String at) {
        String key = schema.toString();
        if (rules.containsKey(key)) return rules.get(key);
        if (promised.containsKey(key)) return promise(key);
        work += EACH + key.length();
        if (work > MOST_WORK)
            throw new UnsupportedSchema("The schema has too many combinations of alternatives; name fewer", at);
        if (++nesting > MOST_NESTING)
            throw new UnsupportedSchema("The schema is nested deeper than " + MOST_NESTING + " levels", at);
        promised.put(key, Optional.empty());
        Optional<String> rule = keep(promised, key, made(schema, at), at);
        rules.put(key, rule);
        nesting--;
        return rule;
    }

    private Optional<String> promise(String key) {
        if (promised.get(key).isEmpty()) promised.put(key, Optional.of(grammar.reserve("again")));
        return promised.get(key);
    }

    private Optional<String> keep(Map<String, Optional<String>> names, String key, Optional<String> rule, String at) {
        Optional<String> name = names.remove(key);
        if (name.isEmpty()) return rule;
        String body = rule.orElseThrow(() -> new UnsupportedSchema("The schema contains itself and has no end", at));
        if (body.equals(name.get())) throw new UnsupportedSchema("The schema is nothing but itself", at);
        grammar.define(name.get(), body);
        grammar.overlap().alias(name.get(), body);
        return name;
    }

    private Optional<String> made(JsonNode schema, String at) {
        SchemaParts parts = SchemaParts.of(document, schema, at);
        if (!parts.possible()) return Optional.empty();
        Optional<Alternatives> alternatives = Alternatives.in(parts.all());
        if (alternatives.isPresent()) return either(alternatives.get());
        return plain(Merged.of(parts.all()), at);
    }

    private Optional<String> either(Alternatives alternatives) {
        if (alternatives.exclusive()) new Exclusion(document).check(alternatives);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < alternatives.schemas().size(); i++)
            value(alternatives.schemas().get(i), Pointer.to(alternatives.at(), i))
                    .ifPresent(found::add);
        return choice(found.stream().distinct().toList());
    }

    private Optional<String> plain(Merged schema, String at) {
        if (schema.constants.isPresent()) return constants(schema, at);
        Set<Kind> kinds = schema.written();
        if (kinds.equals(Kind.any()) && kinds.stream().noneMatch(schema::restricts))
            return Optional.of(grammar.json().value());
        List<String> found = new ArrayList<>();
        for (Kind kind : kinds) ofKind(kind, schema, at).ifPresent(found::add);
        return choice(found);
    }

    private Optional<String> ofKind(Kind kind, Merged schema, String at) {
        return switch (kind) {
            case OBJECT -> new ObjectRules(grammar, this, schema, at).object();
            case ARRAY -> new ArrayRules(grammar, this, schema, at).array();
            case STRING -> new StringRules(grammar).string(schema, at);
            case INTEGER -> new NumberRules(grammar).integer(schema.bounds, at);
            case NUMBER -> new NumberRules(grammar).number(schema.bounds, at);
            case BOOLEAN -> Optional.of(grammar.json().bool());
            case NULL -> Optional.of(grammar.json().nothing());
        };
    }

    private Optional<String> constants(Merged schema, String at) {
        List<JsonNode> fitting = Constants.fitting(schema, schema.constants.orElseThrow(), at);
        if (fitting.isEmpty()) return Optional.empty();
        String rule = new TextChoice(grammar)
                .rule(fitting.stream().map(JsonNode::toString).toList());
        for (JsonNode value : fitting) grammar.overlap().leaf(rule, opening(value));
        return Optional.of(rule);
    }

    private static Overlap.Opening opening(JsonNode value) {
        return switch (Kind.of(value)) {
            case OBJECT -> Overlap.Opening.OBJECT;
            case ARRAY -> Overlap.Opening.ARRAY;
            case STRING -> Overlap.Opening.STRING;
            case INTEGER, NUMBER -> Overlap.Opening.NUMBER;
            case BOOLEAN, NULL -> Overlap.Opening.WORD;
        };
    }

    private Optional<String> choice(List<String> alternatives) {
        if (alternatives.size() < 2) return alternatives.stream().findFirst();
        String rule = grammar.rule("either", String.join(" | ", alternatives));
        grammar.overlap().choice(rule, alternatives);
        return Optional.of(rule);
    }

    /** The constants of a schema, when it has some and nothing else to look at; for the beginnings of objects. */
    Optional<String> constantsOf(JsonNode schema, String at) {
        SchemaParts parts = SchemaParts.of(document, schema, at);
        if (!parts.possible() || Alternatives.in(parts.all()).isPresent()) return Optional.empty();
        return Merged.of(parts.all())
                .constants
                .filter(values -> values.size() == 1)
                .map(values -> values.getFirst().toString());
    }
}
