package com.peerllm.shared.grammar;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Puts a grammar together, rule by rule, in llama.cpp's notation: texts of one's own around values that fit JSON schemas.
 *
 * <p>A grammar begins at its rule {@code root}, which the caller adds like any other.
 */
public final class GrammarBuilder {
    /** Characters of a whole grammar: far more than schemas in use make, and read by llama.cpp in a second. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, String> namesByBody = new HashMap<>();
    private int characters;

    /**
     * Adds a rule.
     *
     * @param name letters, digits and hyphens
     * @param body what it stands for, as GBNF on one line
     * @return the rule's name, for other bodies; one with a number behind it when the name was taken by another body
     */
    public String rule(String name, String body) {
        String known = namesByBody.get(body);
        if (known != null && !name.equals("root")) return known;
        String free = reserve(name);
        define(free, body);
        namesByBody.putIfAbsent(body, free);
        return free;
    }

    /** The rule of a value, without blanks around it, that fits a schema; {@code $ref}s in it are looked up in it. */
    public String schema(JsonNode schema) {
        return new SchemaRules(this, schema).value();
    }

    /** A text, character for character, as a part of a body. */
    public static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(escaped(c)));
        return out.append('"').toString();
    }

    /** The grammar as llama.cpp reads it. */
    public String toGbnf() {
        StringBuilder out = new StringBuilder(characters);
        bodies.forEach(
                (name, body) -> out.append(name).append(" ::= ").append(body).append('\n'));
        return out.toString();
    }

    boolean has(String name) {
        return bodies.containsKey(name);
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
        characters += reserved.length() + body.length() + " ::= \n".length();
        if (characters > MOST_CHARACTERS)
            throw new UnsupportedSchema(
                    "The grammar of the schema is longer than " + MOST_CHARACTERS + " characters", "");
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < 0x20 || c == 0x7F ? String.format("\\x%02X", c) : Character.toString(c);
        };
    }
}
