package com.peerllm.shared.grammar;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values that a schema lists. */
final class Constants {
    private static final int MOST_DIGITS = 64;

    private Constants() {}

    /** Something that is equal for values that are equal as JSON Schema sees it: 1 and 1.0 are. */
    static Object key(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros() : value;
    }

    static Set<Object> keys(List<JsonNode> values) {
        return values.stream().map(Constants::key).collect(Collectors.toSet());
    }

    /** The listed values that fit the other keywords. */
    static List<JsonNode> fitting(Merged schema, List<JsonNode> values, String at) {
        return values.stream().filter(value -> fits(schema, value, at)).toList();
    }

    private static boolean fits(Merged schema, JsonNode value, String at) {
        Kind kind = Kind.of(value);
        if (!Kind.holds(schema.kinds, value)) return false;
        if (value.isNumber() && Math.abs((long) value.decimalValue().scale()) > MOST_DIGITS)
            throw new UnsupportedSchema("A listed number is of an unusual size", at);
        if (kind == Kind.INTEGER || kind == Kind.NUMBER) return schema.bounds.hold(value.decimalValue());
        if (!schema.restricts(kind)) return true;
        if (kind != Kind.STRING || schema.pattern.isPresent() || schema.format.isPresent())
            throw new UnsupportedSchema("Listed values cannot be checked against the other keywords beside them", at);
        int length = value.stringValue().codePointCount(0, value.stringValue().length());
        return length >= schema.minLength && length <= schema.maxLength.orElse(Integer.MAX_VALUE);
    }
}
