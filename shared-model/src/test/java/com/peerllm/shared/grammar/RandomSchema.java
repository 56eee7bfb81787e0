package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema by chance, and values that fit it, made from the same choices and not by way of the grammar.
 *
 * @param schema the schema
 * @param value gives a new value at each call, as JSON text
 */
record RandomSchema(JsonNode schema, Supplier<String> value) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] NAMES = {"name", "nam", "a", "größe", "with \"quotes\"", "x-y", "", "items", "type"};

    static RandomSchema of(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0 -> string(random);
            case 1 -> integer(random);
            case 2 -> number(random);
            case 3 -> typed("boolean", () -> Boolean.toString(random.nextBoolean()));
            case 4 -> typed("null", () -> "null");
            case 5 -> constants(random);
            case 6 -> text(random);
            case 7, 8 -> object(random, depth);
            case 9 -> array(random, depth);
            case 10 -> either(random, depth);
            default -> together(random, depth);
        };
    }

    private static RandomSchema typed(String type, Supplier<String> value) {
        return new RandomSchema(JSON.objectNode().put("type", type), value);
    }

    private static RandomSchema string(Random random) {
        ObjectNode schema = JSON.objectNode().put("type", "string");
        int least = random.nextInt(4);
        int most = least + random.nextInt(6);
        if (random.nextBoolean()) schema.put("minLength", least);
        if (random.nextBoolean()) schema.put("maxLength", most);
        return new RandomSchema(schema, () -> quoted(random, least + random.nextInt(most - least + 1)));
    }

    private static String quoted(Random random, int length) {
        int[] characters = {'a', 'Z', '0', ' ', '"', '\\', '/', 0xE9, 0x20AC, 0x1F600, '\n', 0x01};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.appendCodePoint(characters[random.nextInt(characters.length)]);
        return JSON.stringNode(text.toString()).toString();
    }

    private static RandomSchema integer(Random random) {
        ObjectNode schema = JSON.objectNode().put("type", "integer");
        long low = around(random);
        long high = low + random.nextInt(3000);
        if (random.nextBoolean()) schema.put("minimum", low);
        else schema.put("exclusiveMinimum", low - 1);
        if (random.nextBoolean()) schema.put("maximum", high);
        else schema.put("exclusiveMaximum", high + 0.5);
        return new RandomSchema(schema, () -> Long.toString(low + random.nextLong(high - low + 1)));
    }

    private static long around(Random random) {
        return random.nextLong(-5000, 5000) * (random.nextInt(4) == 0 ? 10_000_000L : 1);
    }

    private static RandomSchema number(Random random) {
        ObjectNode schema = JSON.objectNode().put("type", "number");
        int low = random.nextInt(-20, 20);
        int high = low + 1 + random.nextInt(30);
        boolean open = random.nextBoolean();
        schema.put(open ? "exclusiveMinimum" : "minimum", low);
        if (random.nextBoolean()) schema.put(open ? "exclusiveMaximum" : "maximum", high);
        return new RandomSchema(schema, () -> {
            long millionths = random.nextLong(low * 1_000_000L + 1, high * 1_000_000L);
            if (!open && random.nextInt(5) == 0) millionths = low * 1_000_000L;
            return java.math.BigDecimal.valueOf(millionths, 6)
                    .stripTrailingZeros()
                    .toPlainString();
        });
    }

    private static RandomSchema constants(Random random) {
        String[] values = {"\"red\"", "\"reddish\"", "\"r\"", "12", "-1.5", "true", "null", "{\"a\":[1]}", "\"grün\\n\""
        };
        ArrayNode list = JSON.arrayNode();
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            String value = values[random.nextInt(values.length)];
            list.add(SchemaText.read(value));
            chosen.add(SchemaText.read(value).toString());
        }
        return new RandomSchema(JSON.objectNode().set("enum", list), () -> chosen.get(random.nextInt(chosen.size())));
    }

    /** A format or a pattern, with some texts that fit. */
    private static RandomSchema text(Random random) {
        String[][] known = {
            {"date", "2024-02-29", "1999-12-31", "2000-02-29"},
            {"date-time", "2024-02-28T23:59:59Z", "2024-01-01T00:00:00.123+01:30"},
            {"time", "08:30:00Z", "23:59:59-05:00"},
            {"uuid", "123e4567-e89b-12d3-a456-426614174000"},
            {"ipv4", "0.0.0.0", "255.249.199.99"},
            {"^[A-Z]{2}-\\d{3,5}$", "AB-123", "ZZ-99999"},
            {"^(foo|bar)+[^a-z\"]?$", "foo", "barfoo7", "foobar\\"},
            {"^\\w+(\\.\\w+)*\\s?$", "a.b_c.d9", "x "},
        };
        String[] one = known[random.nextInt(known.length)];
        String keyword = one[0].startsWith("^") ? "pattern" : "format";
        return new RandomSchema(
                JSON.objectNode().put("type", "string").put(keyword, one[0]),
                () -> JSON.stringNode(one[1 + random.nextInt(one.length - 1)]).toString());
    }

    private static RandomSchema object(Random random, int depth) {
        ObjectNode properties = JSON.objectNode();
        ArrayNode required = JSON.arrayNode();
        List<Supplier<String>> members = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) continue;
            RandomSchema value = of(random, depth - 1);
            boolean always = random.nextBoolean();
            properties.set(name, value.schema);
            if (always) required.add(name);
            String quoted = JSON.stringNode(name).toString();
            members.add(() -> always || random.nextBoolean() ? quoted + colon(random) + value.value.get() : "");
        }
        ObjectNode schema = JSON.objectNode().put("type", "object").set("properties", properties);
        if (!required.isEmpty()) schema.set("required", required);
        if (random.nextInt(3) == 0) {
            RandomSchema other = of(random, depth - 1);
            schema.set("additionalProperties", other.schema);
            members.add(() -> random.nextBoolean() ? "\"named\"" + colon(random) + other.value.get() : "");
            members.add(() -> random.nextBoolean() ? "\"na\"" + colon(random) + other.value.get() : "");
        } else if (random.nextBoolean()) schema.put("additionalProperties", false);
        return new RandomSchema(schema, () -> listed(random, "{", members, "}"));
    }

    private static String colon(Random random) {
        return random.nextBoolean() ? ":" : ": ";
    }

    private static String listed(Random random, String open, List<Supplier<String>> parts, String close) {
        String[] blanks = {"", " ", "\n    "};
        List<String> written = parts.stream()
                .map(Supplier::get)
                .filter(text -> !text.isEmpty())
                .toList();
        String before = written.isEmpty() ? "" : blanks[random.nextInt(3)];
        return open + before + String.join("," + blanks[random.nextInt(3)], written) + before + close;
    }

    private static RandomSchema array(Random random, int depth) {
        RandomSchema element = of(random, depth - 1);
        ObjectNode schema = JSON.objectNode().put("type", "array").set("items", element.schema);
        int least = random.nextInt(3);
        int most = least + random.nextInt(4);
        if (random.nextBoolean()) schema.put("minItems", least);
        if (random.nextBoolean()) schema.put("maxItems", most);
        if (random.nextInt(3) > 0)
            return new RandomSchema(
                    schema,
                    () -> listed(random, "[", times(element.value, least + random.nextInt(most - least + 1)), "]"));
        RandomSchema first = of(random, depth - 1);
        schema.set("prefixItems", JSON.arrayNode().add(first.schema));
        return new RandomSchema(schema, () -> {
            int count = least + random.nextInt(most - least + 1);
            List<Supplier<String>> parts = new ArrayList<>(times(element.value, Math.max(0, count - 1)));
            if (count > 0) parts.addFirst(first.value);
            return listed(random, "[", parts, "]");
        });
    }

    private static List<Supplier<String>> times(Supplier<String> value, int count) {
        return java.util.Collections.nCopies(count, value);
    }

    private static RandomSchema either(Random random, int depth) {
        RandomSchema a = of(random, depth - 1);
        RandomSchema b = of(random, depth - 1);
        JsonNode list = JSON.arrayNode().add(a.schema).add(b.schema);
        return new RandomSchema(JSON.objectNode().set("anyOf", list), () -> (random.nextBoolean() ? a : b).value.get());
    }

    /** Two objects with properties of their own in one. */
    private static RandomSchema together(Random random, int depth) {
        RandomSchema a = of(random, depth - 1);
        RandomSchema b = of(random, depth - 1);
        ObjectNode first = JSON.objectNode().put("type", "object");
        first.set("properties", JSON.objectNode().set("first", a.schema));
        first.set("required", JSON.arrayNode().add("first"));
        ObjectNode second =
                JSON.objectNode().set("properties", JSON.objectNode().set("second", b.schema));
        JsonNode list = JSON.arrayNode().add(first).add(second);
        return new RandomSchema(JSON.objectNode().set("allOf", list), () -> {
            String one = "{\"first\": " + a.value.get();
            return random.nextBoolean() ? one + "}" : one + ", \"second\":" + b.value.get() + "}";
        });
    }
}
