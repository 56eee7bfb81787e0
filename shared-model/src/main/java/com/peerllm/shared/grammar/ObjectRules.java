package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules of one schema's objects: its properties in its order, and others behind them if it says that they may come. */
final class ObjectRules {
    /** Each property that may be left out is a reading of its own (see {@link Overlap}). */
    private static final int MOST_OPTIONAL = 128;

    private static final int MOST_PROPERTIES = 1000;

    /** A property as it is written, name and value. */
    private record Member(String gbnf, String rule, boolean required) {}

    private final GrammarBuilder grammar;
    private final SchemaRules schemas;
    private final Merged schema;
    private final String at;
    private final String blank;
    private final List<Member> members = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();

    ObjectRules(GrammarBuilder grammar, SchemaRules schemas, Merged schema, String at) {
        this.grammar = grammar;
        this.schemas = schemas;
        this.schema = schema;
        this.at = at;
        this.blank = grammar.json().blank();
    }

    /** None when no object fits. */
    Optional<String> object() {
        if (!readMembers()) return Optional.empty();
        Optional<String> others = others();
        long mandatory = members.stream().filter(Member::required).count();
        checkCounts(mandatory, others.isPresent());
        if (members.size() > MOST_PROPERTIES || members.size() - mandatory > MOST_OPTIONAL)
            throw new UnsupportedSchema(
                    "An object can have " + MOST_PROPERTIES + " properties, " + MOST_OPTIONAL + " of them not required",
                    at);
        String rule = grammar.rule("object", "\"{\" " + blank + " " + body(others));
        grammar.overlap().container(rule, Overlap.Opening.OBJECT, parts, lead());
        return Optional.of(rule);
    }

    private boolean readMembers() {
        for (var property : schema.properties.entrySet())
            if (!add(property.getKey(), property.getValue(), schema.required.contains(property.getKey()))) return false;
        JsonNode any = schema.additional.orElse(JsonNodeFactory.instance.booleanNode(true));
        for (String name : schema.required)
            if (!schema.properties.containsKey(name) && !add(name, any, true)) return false;
        return true;
    }

    /** False when the object must have a property that no value fits. */
    private boolean add(String name, JsonNode value, boolean required) {
        Optional<String> rule = schemas.value(value, Pointer.to(Pointer.to(at, "properties"), name));
        if (rule.isEmpty()) return !required;
        String quoted = JsonNodeFactory.instance.stringNode(name).toString();
        members.add(new Member(Gbnf.literal(quoted + ":") + " " + blank + " " + rule.get(), rule.get(), required));
        parts.add(rule.get());
        return true;
    }

    /** A property that the schema does not mention; none when there may be none. */
    private Optional<String> others() {
        boolean any = schema.additional.isEmpty() && !schema.propertiesNamed;
        JsonNode values = schema.additional.orElse(JsonNodeFactory.instance.booleanNode(any));
        if (values.isBoolean() && !values.booleanValue()) return Optional.empty();
        return schemas.value(values, Pointer.to(at, "additionalProperties")).map(rule -> {
            parts.add(rule);
            Set<String> mentioned = new TreeSet<>(schema.properties.keySet());
            mentioned.addAll(schema.required);
            return grammar.rule("other", new OtherNames(grammar).rule(mentioned, at) + " \":\" " + blank + " " + rule);
        });
    }

    private void checkCounts(long mandatory, boolean others) {
        boolean enough = mandatory >= schema.minProperties;
        boolean few = schema.maxProperties.isEmpty() || !others && members.size() <= schema.maxProperties.get();
        if (enough && few) return;
        throw new UnsupportedSchema(
                "The keyword " + (enough ? "maxProperties" : "minProperties")
                        + " can be kept only where the properties themselves see to it",
                at);
    }

    /** From the end to the beginning: what follows a property, and what an object can begin with. */
    private String body(Optional<String> others) {
        String close = blank + " \"}\"";
        String after = others.isEmpty()
                ? grammar.rule("next", close)
                : grammar.rule("next", "( \",\" " + blank + " " + others.get() + " )* " + close);
        String begin = grammar.rule("begin", others.isEmpty() ? "\"}\"" : others.get() + " " + after + " | \"}\"");
        for (Member member : members.reversed()) {
            String here = member.gbnf + " " + after;
            String next = "\",\" " + blank + " " + here;
            begin = grammar.rule("begin", member.required ? here : here + " | " + begin);
            after = grammar.rule("next", member.required ? next : next + " | " + after);
        }
        return begin;
    }

    /** The first property, when every object of this schema has it, and its constant: no other schema's objects begin so. */
    private Optional<String> lead() {
        if (members.isEmpty() || !members.getFirst().required || schema.properties.isEmpty()) return Optional.empty();
        var first = schema.properties.entrySet().iterator().next();
        if (!schema.required.contains(first.getKey())) return Optional.empty();
        return schemas.constantsOf(first.getValue(), at).map(constant -> first.getKey() + ":" + constant);
    }
}
