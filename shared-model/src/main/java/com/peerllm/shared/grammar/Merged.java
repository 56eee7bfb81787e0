package com.peerllm.shared.grammar;

import com.peerllm.shared.grammar.SchemaParts.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What several schemas without references and alternatives ask for together, keyword by keyword.
 *
 * <p>It is filled part by part with {@link #add} and read afterwards.
 */
final class Merged {
    /** Lengths and counts up to here can be kept; see {@link GrammarBuilder#MOST_REPETITIONS}. */
    private static final int MOST = GrammarBuilder.MOST_REPETITIONS;

    private static final int MOST_CONSTANTS = 1000;

    Set<Kind> kinds = Kind.any();
    boolean typed;
    Optional<List<JsonNode>> constants = Optional.empty();
    boolean propertiesNamed;
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    Optional<JsonNode> additional = Optional.empty();
    Set<String> required = new LinkedHashSet<>();
    int minProperties;
    Optional<Integer> maxProperties = Optional.empty();
    List<JsonNode> prefix = new ArrayList<>();
    Optional<JsonNode> items = Optional.empty();
    int minItems;
    Optional<Integer> maxItems = Optional.empty();
    int minLength;
    Optional<Integer> maxLength = Optional.empty();
    Optional<String> pattern = Optional.empty();
    Optional<String> format = Optional.empty();
    NumberBounds bounds = NumberBounds.NONE;
    private final EnumSet<Kind> meant = EnumSet.noneOf(Kind.class);

    static Merged of(List<Part> parts) {
        Merged merged = new Merged();
        parts.forEach(merged::add);
        return merged;
    }

    /**
     * The kinds of values to be written: those named; else those that the keywords are about, for who lists properties means an
     * object; else all.
     */
    Set<Kind> written() {
        return typed || meant.isEmpty() || constants.isPresent() ? kinds : meant;
    }

    /** Whether any keyword of one kind of value is there. */
    boolean restricts(Kind kind) {
        return meant.contains(kind == Kind.INTEGER ? Kind.NUMBER : kind);
    }

    private void add(Part part) {
        if (part.has("type")) addType(part);
        if (part.has("const")) addConstants(List.of(part.get("const")));
        if (part.has("enum")) addConstants(values(part));
        addObject(part);
        addArray(part);
        addString(part);
        for (String bound : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
            if (part.has(bound)) {
                meant.add(Kind.NUMBER);
                bounds = bounds.and(bound, number(part, bound));
            }
    }

    private void addType(Part part) {
        EnumSet<Kind> named = EnumSet.noneOf(Kind.class);
        JsonNode type = part.get("type");
        for (JsonNode name :
                type.isArray() ? type : JsonNodeFactory.instance.arrayNode().add(type))
            named.add(Kind.named(name.isString() ? name.stringValue() : "")
                    .orElseThrow(() -> new UnsupportedSchema("The keyword type names no type", part.at("type"))));
        if (part.has("nullable") && part.get("nullable").booleanValue(false)) named.add(Kind.NULL);
        kinds = Kind.both(kinds, named);
        typed = true;
    }

    private static List<JsonNode> values(Part part) {
        JsonNode values = part.get("enum");
        if (!(values instanceof ArrayNode) || values.size() > MOST_CONSTANTS)
            throw new UnsupportedSchema(
                    "The keyword enum must be a list of at most " + MOST_CONSTANTS + " values", part.at("enum"));
        List<JsonNode> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    private void addConstants(List<JsonNode> values) {
        Set<Object> listed = Constants.keys(values);
        constants = Optional.of(constants.orElse(values).stream()
                .filter(value -> listed.contains(Constants.key(value)))
                .toList());
    }

    private void addObject(Part part) {
        if (part.has("properties")) addProperties(part);
        else if (part.has("additionalProperties")) narrow(part.get("additionalProperties"));
        if (part.has("required")) {
            meant.add(Kind.OBJECT);
            for (JsonNode name : part.get("required")) {
                if (!name.isString())
                    throw new UnsupportedSchema("The keyword required must be a list of names", part.at("required"));
                required.add(name.stringValue());
            }
        }
        if (part.has("minProperties"))
            minProperties = Math.max(minProperties, count(part, "minProperties", Kind.OBJECT));
        if (part.has("maxProperties")) maxProperties = least(maxProperties, part, "maxProperties", Kind.OBJECT);
    }

    private void addProperties(Part part) {
        meant.add(Kind.OBJECT);
        if (!(part.get("properties") instanceof ObjectNode named))
            throw new UnsupportedSchema("The keyword properties must be an object", part.at("properties"));
        Optional<JsonNode> others = Optional.ofNullable(part.get("additionalProperties"));
        Map<String, JsonNode> together = new LinkedHashMap<>();
        properties.forEach((name, schema) ->
                together.put(name, both(schema, named.has(name) ? Optional.of(named.get(name)) : others)));
        for (var property : named.properties())
            together.computeIfAbsent(property.getKey(), name -> both(property.getValue(), additional));
        properties = together;
        propertiesNamed = true;
        additional = additional.map(before -> both(before, others)).or(() -> others);
    }

    /** {@code additionalProperties} without {@code properties} is about every property. */
    private void narrow(JsonNode others) {
        meant.add(Kind.OBJECT);
        properties.replaceAll((name, schema) -> both(schema, Optional.of(others)));
        additional = Optional.of(
                additional.map(before -> both(before, Optional.of(others))).orElse(others));
    }

    private void addArray(Part part) {
        if (part.has("prefixItems") || part.has("items")) addItems(part);
        if (part.has("minItems")) minItems = Math.max(minItems, count(part, "minItems", Kind.ARRAY));
        if (part.has("maxItems")) maxItems = least(maxItems, part, "maxItems", Kind.ARRAY);
    }

    private void addItems(Part part) {
        meant.add(Kind.ARRAY);
        List<JsonNode> first = part.has("prefixItems")
                ? SchemaParts.list(part.get("prefixItems"), "prefixItems", part.at())
                : List.of();
        Optional<JsonNode> others = Optional.ofNullable(part.get("items"));
        List<JsonNode> together = new ArrayList<>();
        for (int i = 0; i < Math.max(prefix.size(), first.size()); i++) {
            Optional<JsonNode> mine = i < prefix.size() ? Optional.of(prefix.get(i)) : items;
            Optional<JsonNode> theirs = i < first.size() ? Optional.of(first.get(i)) : others;
            together.add(
                    mine.map(schema -> both(schema, theirs)).or(() -> theirs).orElseThrow());
        }
        prefix = together;
        items = items.map(before -> both(before, others)).or(() -> others);
    }

    private void addString(Part part) {
        if (part.has("minLength")) minLength = Math.max(minLength, count(part, "minLength", Kind.STRING));
        if (part.has("maxLength")) maxLength = least(maxLength, part, "maxLength", Kind.STRING);
        if (part.has("pattern")) pattern = one(pattern, part, "pattern");
        if (part.has("format")) addFormat(part);
    }

    private void addFormat(Part part) {
        String name = part.get("format").isString() ? part.get("format").stringValue() : "";
        switch (name) {
            case "int32" ->
                bounds = bounds.and("minimum", BigDecimal.valueOf(Integer.MIN_VALUE))
                        .and("maximum", BigDecimal.valueOf(Integer.MAX_VALUE));
            case "int64", "float", "double" -> {} // every number that is written is one
            default -> format = one(format, part, "format");
        }
    }

    private Optional<String> one(Optional<String> before, Part part, String keyword) {
        meant.add(Kind.STRING);
        JsonNode value = part.get(keyword);
        boolean another = before.isPresent() && !before.get().equals(value.stringValue(""));
        if (!value.isString() || another)
            throw new UnsupportedSchema("Only one text can be kept for the keyword " + keyword, part.at(keyword));
        return Optional.of(value.stringValue());
    }

    private Optional<Integer> least(Optional<Integer> before, Part part, String keyword, Kind kind) {
        return Optional.of(Math.min(before.orElse(Integer.MAX_VALUE), count(part, keyword, kind)));
    }

    private int count(Part part, String keyword, Kind kind) {
        meant.add(kind);
        BigDecimal value = number(part, keyword);
        if (value.signum() < 0
                || value.compareTo(BigDecimal.valueOf(MOST)) > 0
                || value.stripTrailingZeros().scale() > 0)
            throw new UnsupportedSchema(
                    "The keyword " + keyword + " must be a whole number up to " + MOST, part.at(keyword));
        return value.intValueExact();
    }

    private static BigDecimal number(Part part, String keyword) {
        JsonNode value = part.get(keyword);
        BigDecimal number = value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
        if (!value.isNumber() || Math.abs((long) number.scale()) > 64)
            throw new UnsupportedSchema(
                    "The keyword " + keyword + " must be a number of a usual size", part.at(keyword));
        return number;
    }

    /** A schema that holds what both ask for. */
    private static JsonNode both(JsonNode schema, Optional<JsonNode> other) {
        if (other.isEmpty() || other.get().equals(schema) || other.get().booleanValue(false)) return schema;
        if (schema.booleanValue(false)) return other.get();
        return SchemaParts.together(List.of(schema, other.get()));
    }
}
