package com.peerllm.host.engine.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code tojson} as chat templates know it: Python's {@code json.dumps} with {@code ensure_ascii=False}. */
final class PyJson {
    private final Style style;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param indent spaces per level, negative for one line
     * @param itemSeparator between items
     * @param keySeparator between key and value
     */
    record Style(int indent, String itemSeparator, String keySeparator, boolean sortKeys, boolean asciiOnly) {}

    private PyJson(Style style) {
        this.style = style;
    }

    static String write(Object value, Style style) {
        PyJson json = new PyJson(style);
        json.value(value, 0);
        return json.out.toString();
    }

    private void value(Object value, int level) {
        switch (value) {
            case String text -> string(text);
            case Boolean truth -> out.append(truth);
            case Long number -> out.append(number);
            case Double number -> out.append(Double.isFinite(number) ? PyText.number(number) : nonFinite(number));
            case Nothing none -> out.append("null");
            case List<?> list -> list(list, level);
            case Map<?, ?> map -> map(style.sortKeys() ? sorted(map) : map, level);
            default -> throw TemplateException.runtime("A value cannot be written as JSON.");
        }
    }

    private static String nonFinite(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }

    private static Map<?, ?> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(PyText.str(key), value));
        return sorted;
    }

    private void list(List<?> list, int level) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            newLine(level + 1);
            value(items.next(), level + 1);
            if (items.hasNext()) out.append(separator());
        }
        newLine(level);
        out.append(']');
    }

    private void map(Map<?, ?> map, int level) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(level + 1);
            string(PyText.str(entry.getKey()));
            out.append(style.keySeparator());
            value(entry.getValue(), level + 1);
            if (entries.hasNext()) out.append(separator());
        }
        newLine(level);
        out.append('}');
    }

    private String separator() {
        return style.indent() >= 0 ? style.itemSeparator().stripTrailing() : style.itemSeparator();
    }

    private void newLine(int level) {
        if (style.indent() >= 0) out.append('\n').repeat(' ', style.indent() * level);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || style.asciiOnly() && c > 0x7e) out.append("\\u%04x".formatted((int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
