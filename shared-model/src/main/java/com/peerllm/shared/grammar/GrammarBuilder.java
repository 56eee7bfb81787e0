package com.peerllm.shared.grammar;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Puts a grammar together, rule by rule, in llama.cpp's notation: texts of one's own around values that fit JSON schemas.
 *
 * <p>A grammar begins at its rule {@code root}, which the caller adds like any other. Its size is bounded, for llama.cpp reads it
 * while others wait.
 */
public final class GrammarBuilder {
    /** llama.cpp refuses a repetition that is larger, or takes it for an endless one (its {@code MAX_REPETITION_THRESHOLD}). */
    static final int MOST_REPETITIONS = 2000;

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_RULES = 20_000;

    /** llama.cpp makes a rule of each possible repetition. */
    private static final int MOST_REPETITIONS_IN_ALL = 40_000;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Pattern REPETITION = Pattern.compile("\\{(?:\\d+,)?(\\d{1,9}),?}");

    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, String> namesByBody = new HashMap<>();
    private final JsonRules json = new JsonRules(this);
    private final Overlap overlap = new Overlap();
    private long characters;
    private long repetitions;

    /**
     * Adds a rule.
     *
     * @param name letters, digits and hyphens
     * @param body what it stands for, as GBNF on one line
     * @return the rule's name, for other bodies; another one when the body has a name already, or the name another body
     * @throws UnsupportedSchema when the grammar grows too large
     */
    public String rule(String name, String body) {
        boolean root = name.equals("root");
        if (root && bodies.containsKey(name)) throw new IllegalStateException("A grammar has one root");
        String known = namesByBody.get(body);
        if (known != null && !root) return known;
        String free = reserve(name);
        define(free, body);
        return free;
    }

    /**
     * The rule of a value, without blanks around it, that fits a schema; {@code $ref}s in it are looked up in it.
     *
     * @throws UnsupportedSchema when the schema cannot be kept exactly
     */
    public String schema(JsonNode schema) {
        return new SchemaRules(this, schema).all();
    }

    /** A text, character for character, as a part of a body. */
    public static String literal(String text) {
        return Gbnf.literal(text);
    }

    /** The grammar as llama.cpp reads it. */
    public String toGbnf() {
        StringBuilder out = new StringBuilder(Math.toIntExact(characters));
        bodies.forEach(
                (name, body) -> out.append(name).append(" ::= ").append(body).append('\n'));
        return out.toString();
    }

    /** The rules of JSON, which all schemas of this grammar share. */
    JsonRules json() {
        return json;
    }

    Overlap overlap() {
        return overlap;
    }

    /** A name that no rule has yet; its body follows with {@link #define}. */
    String reserve(String name) {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("Not a name of a rule");
        String free = name;
        for (int number = bodies.size(); bodies.containsKey(free); number++) free = name + "-" + number;
        bodies.put(free, "");
        return free;
    }

    void define(String reserved, String body) {
        bodies.put(reserved, body);
        namesByBody.putIfAbsent(body, reserved);
        characters += reserved.length() + body.length() + " ::= \n".length();
        for (Matcher found = REPETITION.matcher(body); found.find(); ) repetitions += Integer.parseInt(found.group(1));
        if (characters > MOST_CHARACTERS || bodies.size() > MOST_RULES || repetitions > MOST_REPETITIONS_IN_ALL)
            throw new UnsupportedSchema("The schema makes too large a grammar; name fewer or shorter parts", "");
    }
}
