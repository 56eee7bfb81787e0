package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Values as Python prints them: {@code str} for output, {@code repr} inside of lists and dictionaries. */
final class PyText {
    private PyText() {}

    static String str(Object value) {
        return switch (value) {
            case String text -> text;
            case Undefined none -> "";
            default -> repr(value);
        };
    }

    static String repr(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean truth -> truth ? "True" : "False";
            case Double number -> number(number);
            case Nothing none -> "None";
            case Undefined none -> "Undefined";
            case List<?> list -> {
                StringJoiner all = new StringJoiner(", ", "[", "]");
                list.forEach(item -> all.add(repr(item)));
                yield all.toString();
            }
            case Map<?, ?> map -> {
                StringJoiner all = new StringJoiner(", ", "{", "}");
                map.forEach((key, item) -> all.add(repr(key) + ": " + repr(item)));
                yield all.toString();
            }
            case Callable function -> "<function>";
            default -> value.toString();
        };
    }

    /** A float: always with a fraction or an exponent. */
    static String number(double number) {
        if (Double.isNaN(number)) return "nan";
        if (Double.isInfinite(number)) return number > 0 ? "inf" : "-inf";
        if (number == Math.rint(number) && Math.abs(number) < 1e16) return (long) number + ".0";
        String text = Double.toString(number);
        int exponent = text.indexOf('E');
        if (exponent < 0) return text;
        String digits = text.substring(0, exponent).replaceFirst("\\.0$", "");
        int power = Integer.parseInt(text.substring(exponent + 1));
        if (power >= -4 && power < 0) return new java.math.BigDecimal(text).toPlainString();
        return "%se%s%02d".formatted(digits, power < 0 ? "-" : "+", Math.abs(power));
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder all = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> all.append("\\n");
                case '\r' -> all.append("\\r");
                case '\t' -> all.append("\\t");
                case '\\' -> all.append("\\\\");
                default -> {
                    if (c == quote) all.append('\\').append(c);
                    else if (c < 0x20 || c == 0x7f) all.append("\\x%02x".formatted((int) c));
                    else all.append(c);
                }
            }
        }
        return all.append(quote).toString();
    }
}
