package com.peerllm.host.engine.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja's filters for single values; those for lists are in {@link ListFilters}. */
final class Filters {
    private final Budget budget;
    private final TextMethods texts;
    private final ListFilters lists;

    Filters(Budget budget) {
        this.budget = budget;
        this.texts = new TextMethods(budget);
        this.lists = new ListFilters(budget);
    }

    Object apply(String filter, Object value, CallArguments arguments) {
        budget.step();
        return switch (filter) {
            case "trim" -> TextMethods.strip(PyText.str(value), arguments, true, true);
            case "upper" -> PyText.str(value).toUpperCase(Locale.ROOT);
            case "lower" -> PyText.str(value).toLowerCase(Locale.ROOT);
            case "title" -> TextMethods.title(PyText.str(value));
            case "capitalize" -> TextMethods.capitalize(PyText.str(value));
            case "replace" -> texts.replace(PyText.str(value), arguments);
            case "string" -> PyText.str(value);
            case "safe" -> value;
            case "escape", "e" -> escape(PyText.str(value));
            case "format" -> new Arithmetic(budget).format(PyText.str(value), arguments.positional());
            case "indent" -> indent(PyText.str(value), arguments);
            case "length", "count" -> PyValues.length(value);
            case "wordcount" -> (long) PyText.str(value).strip().split("\\s+").length;
            case "default", "d" -> defaulted(value, arguments);
            case "int" -> toInteger(value, arguments);
            case "float" -> toFloat(value, arguments);
            case "abs" ->
                value instanceof Double real ? (Object) Math.abs(real) : (Object) Math.abs(PyValues.integer(value));
            case "round" -> round(value, arguments);
            case "tojson" -> toJson(value, arguments);
            case "attr" -> path(value, arguments.text(0, "name", ""));
            default -> lists.apply(filter, value, arguments, this);
        };
    }

    private static Object defaulted(Object value, CallArguments arguments) {
        boolean replace = value instanceof Undefined || arguments.flag(1, "boolean") && !PyValues.isTrue(value);
        return replace ? arguments.get(0, "default_value").orElse("") : value;
    }

    private static Object toInteger(Object value, CallArguments arguments) {
        try {
            return value instanceof String text
                    ? (Object) new BigDecimal(text.strip()).longValue()
                    : (Object) PyValues.integer(value);
        } catch (NumberFormatException | TemplateException e) {
            return arguments.get(0, "default").orElse(0L);
        }
    }

    private static Object toFloat(Object value, CallArguments arguments) {
        try {
            return value instanceof String text
                    ? (Object) Double.parseDouble(text.strip())
                    : (Object) PyValues.real(value);
        } catch (NumberFormatException | TemplateException e) {
            return arguments.get(0, "default").orElse(0.0);
        }
    }

    private static Object round(Object value, CallArguments arguments) {
        int digits = Math.clamp(arguments.number(0, "precision", 0), -300, 300);
        RoundingMode mode = switch (arguments.text(1, "method", "common")) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        return new BigDecimal(PyValues.real(value)).setScale(digits, mode).doubleValue();
    }

    private Object toJson(Object value, CallArguments arguments) {
        Object indent = arguments.get(1, "indent").orElse(Nothing.NONE);
        // Some templates write tojson(4), and mean the indentation.
        if (indent == Nothing.NONE
                && arguments.count() == 1
                && arguments.positional().getFirst() instanceof Long first) indent = first;
        List<Object> separators = arguments.named().get("separators") instanceof List<?> two && two.size() == 2
                ? new ArrayList<>(two)
                : List.of(", ", ": ");
        int spaces = indent == Nothing.NONE ? -1 : Math.clamp(PyValues.integer(indent), 0, 16);
        boolean asciiOnly = PyValues.isTrue(arguments.named().getOrDefault("ensure_ascii", false));
        String json = PyJson.write(
                value,
                new PyJson.Style(
                        spaces,
                        PyText.str(separators.get(0)),
                        PyText.str(separators.get(1)),
                        PyValues.isTrue(arguments.named().getOrDefault("sort_keys", false)),
                        asciiOnly));
        budget.characters(json.length());
        return json;
    }

    private String indent(String text, CallArguments arguments) {
        Object width = arguments.get(0, "width").orElse(4L);
        String by = width instanceof String given ? given : " ".repeat(Math.clamp(PyValues.integer(width), 0, 64));
        boolean first = arguments.flag(1, "first");
        boolean blank = arguments.flag(2, "blank");
        String[] lines = text.split("\n", -1);
        budget.characters(text.length() + (long) lines.length * by.length());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) out.append('\n');
            boolean indented = i == 0 ? first : blank || !lines[i].isEmpty();
            out.append(indented ? by : "").append(lines[i]);
        }
        return out.toString();
    }

    private String escape(String text) {
        budget.characters(text.length());
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    /** An attribute or item by name, as {@code map(attribute="a.b")} takes it. */
    static Object path(Object value, String path) {
        Object at = value;
        for (String name : path.split("\\.")) {
            Object key =
                    !name.isEmpty() && name.chars().allMatch(Character::isDigit) ? (Object) Long.parseLong(name) : name;
            at = at instanceof Map<?, ?> || at instanceof List<?> ? PyValues.item(at, key) : new Undefined(name);
        }
        return at;
    }
}
