package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Python's operators mean for the values of templates: text, numbers, truth, lists, dictionaries. */
final class PyValues {
    private PyValues() {}

    static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Nothing none -> false;
            case Undefined none -> false;
            default -> true;
        };
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static long integer(Object value) {
        return switch (value) {
            case Long number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case Double number -> number.longValue();
            default -> throw TemplateException.runtime("A whole number is expected instead of " + kind(value) + ".");
        };
    }

    static double real(Object value) {
        return value instanceof Double number ? number : integer(value);
    }

    static boolean areEqual(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) return real(left) == real(right);
        if (left instanceof Undefined && right instanceof Undefined) return true;
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) return false;
            for (int i = 0; i < a.size(); i++) if (!areEqual(a.get(i), b.get(i))) return false;
            return true;
        }
        return left.equals(right);
    }

    /** Negative, zero or positive as left is before, with or after right. */
    static int compare(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) return Double.compare(real(left), real(right));
        if (left instanceof String a && right instanceof String b) return a.compareTo(b);
        if (left instanceof List<?> a && right instanceof List<?> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                int order = compare(a.get(i), b.get(i));
                if (order != 0) return order;
            }
            return Integer.compare(a.size(), b.size());
        }
        throw TemplateException.runtime(kind(left) + " and " + kind(right) + " cannot be compared.");
    }

    static boolean contains(Object container, Object item) {
        return switch (container) {
            case String text when item instanceof String part -> text.contains(part);
            case List<?> list -> list.stream().anyMatch(element -> areEqual(element, item));
            case Map<?, ?> map -> map.containsKey(item);
            case Undefined none -> false;
            default -> throw TemplateException.runtime(kind(container) + " contains nothing.");
        };
    }

    /** What a loop goes over: a text's characters, a list's items, a dictionary's keys, nothing of what is undefined. */
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text ->
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
            case Undefined none -> List.of();
            default -> throw TemplateException.runtime(kind(value) + " cannot be gone through.");
        };
    }

    static long length(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Undefined none -> 0;
            default -> throw TemplateException.runtime(kind(value) + " has no length.");
        };
    }

    static Object item(Object target, Object key) {
        return switch (target) {
            case Map<?, ?> map -> {
                Object found = map.get(key);
                yield found == null ? new Undefined(PyText.str(key)) : found;
            }
            case List<?> list
            when key instanceof Long index -> {
                long at = index < 0 ? index + list.size() : index;
                yield at >= 0 && at < list.size() ? list.get((int) at) : new Undefined(PyText.str(key));
            }
            case String text
            when key instanceof Long index -> {
                long length = length(text);
                long at = index < 0 ? index + length : index;
                if (at < 0 || at >= length) yield new Undefined(PyText.str(key));
                yield Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) at)));
            }
            case Undefined none -> throw undefined(none);
            default -> new Undefined(PyText.str(key));
        };
    }

    /** Python's slice; a bound that is {@code NONE} is left out. */
    static Object slice(Object target, Object from, Object to, Object step) {
        if (target instanceof Undefined none) throw undefined(none);
        boolean isText = target instanceof String;
        if (!isText && !(target instanceof List<?>)) throw TemplateException.runtime(kind(target) + " cannot be cut.");
        List<Object> items = items(target);
        long size = items.size();
        long by = step == Nothing.NONE ? 1 : integer(step);
        if (by == 0) throw TemplateException.runtime("A slice cannot have the step 0.");
        long lowest = by > 0 ? 0 : -1;
        long highest = by > 0 ? size : size - 1;
        long begin = bound(from, size, by > 0 ? 0 : size - 1, lowest, highest);
        long end = bound(to, size, by > 0 ? size : -1, lowest, highest);
        List<Object> part = new ArrayList<>();
        for (long i = begin; by > 0 ? i < end : i > end; i += by) part.add(items.get((int) i));
        return isText ? String.join("", part.stream().map(PyText::str).toList()) : part;
    }

    private static long bound(Object given, long size, long otherwise, long lowest, long highest) {
        if (given == Nothing.NONE) return otherwise;
        long at = integer(given);
        if (at < 0) at += size;
        return Math.max(lowest, Math.min(highest, at));
    }

    static TemplateException undefined(Undefined value) {
        return TemplateException.runtime("\"" + value.name() + "\" is undefined.");
    }

    /** The kind of a value, for messages: the value itself may be a prompt. */
    static String kind(Object value) {
        return switch (value) {
            case String text -> "a text";
            case Long number -> "a number";
            case Double number -> "a number";
            case Boolean truth -> "a truth value";
            case List<?> list -> "a list";
            case Map<?, ?> map -> "a dictionary";
            case Nothing none -> "none";
            case Undefined none -> "something undefined";
            default -> "a function";
        };
    }
}
