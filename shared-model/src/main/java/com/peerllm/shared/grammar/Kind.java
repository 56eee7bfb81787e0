package com.peerllm.shared.grammar;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The kinds of JSON values, as the keyword {@code type} names them. */
enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    NULL;

    static Optional<Kind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** All kinds; integers are numbers. */
    static Set<Kind> any() {
        return EnumSet.complementOf(EnumSet.of(INTEGER));
    }

    /** The values that are of a kind of both. */
    static Set<Kind> both(Set<Kind> a, Set<Kind> b) {
        EnumSet<Kind> both = EnumSet.noneOf(Kind.class);
        for (Kind kind : a) if (b.contains(kind) || kind == INTEGER && b.contains(NUMBER)) both.add(kind);
        if (b.contains(INTEGER) && a.contains(NUMBER)) both.add(INTEGER);
        if (both.contains(NUMBER)) both.remove(INTEGER);
        return both;
    }

    static boolean holds(Set<Kind> kinds, JsonNode value) {
        return kinds.contains(of(value)) || of(value) == INTEGER && kinds.contains(NUMBER);
    }

    static Kind of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> value.decimalValue().stripTrailingZeros().scale() <= 0 ? INTEGER : NUMBER;
            default -> NULL;
        };
    }
}
