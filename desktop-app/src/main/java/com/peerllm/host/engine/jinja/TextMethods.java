package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The methods of Python's text that templates call. */
final class TextMethods {
    private final Budget budget;

    TextMethods(Budget budget) {
        this.budget = budget;
    }

    Optional<Callable> find(String text, String method) {
        Callable found = switch (method) {
            case "strip" -> a -> strip(text, a, true, true);
            case "lstrip" -> a -> strip(text, a, true, false);
            case "rstrip" -> a -> strip(text, a, false, true);
            case "split" -> a -> split(text, a, false);
            case "rsplit" -> a -> split(text, a, true);
            case "splitlines" -> a -> new ArrayList<Object>(text.lines().toList());
            case "startswith" -> a -> any(a.require(0, "prefix"), text::startsWith);
            case "endswith" -> a -> any(a.require(0, "suffix"), text::endsWith);
            case "upper" -> a -> text.toUpperCase(Locale.ROOT);
            case "lower" -> a -> text.toLowerCase(Locale.ROOT);
            case "title" -> a -> title(text);
            case "capitalize" -> a -> capitalize(text);
            case "replace" -> a -> replace(text, a);
            case "join" -> a -> join(text, PyValues.items(a.require(0, "iterable")));
            case "find" -> a -> (long) codePoints(text, text.indexOf(a.text(0, "sub", "")));
            case "rfind" -> a -> (long) codePoints(text, text.lastIndexOf(a.text(0, "sub", "")));
            case "count" -> a -> count(text, a.text(0, "sub", ""));
            case "removeprefix" -> a -> removePrefix(text, a.text(0, "prefix", ""));
            case "removesuffix" -> a -> removeSuffix(text, a.text(0, "suffix", ""));
            case "isdigit", "isdecimal", "isnumeric" -> a -> all(text, Character::isDigit);
            case "isalpha" -> a -> all(text, Character::isLetter);
            case "isalnum" -> a -> all(text, Character::isLetterOrDigit);
            case "isspace" -> a -> all(text, Character::isWhitespace);
            case "isupper" ->
                a -> text.chars().anyMatch(Character::isUpperCase)
                        && text.chars().noneMatch(Character::isLowerCase);
            case "islower" ->
                a -> text.chars().anyMatch(Character::isLowerCase)
                        && text.chars().noneMatch(Character::isUpperCase);
            case "format" -> a -> format(text, a);
            default -> null;
        };
        return Optional.ofNullable(found);
    }

    /** {@code "{} {0} {name}".format(...)}, without format instructions. */
    private String format(String text, CallArguments arguments) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
            int end = text.indexOf('}', i);
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                i++;
            } else if (c == '{' && end > 0) {
                String field = text.substring(i + 1, end);
                boolean numbered = field.isEmpty() || all(field, Character::isDigit);
                int position = field.isEmpty() ? next++ : numbered ? Integer.parseInt(field) : Integer.MAX_VALUE;
                String value = PyText.str(arguments.require(position, field));
                budget.characters(value.length());
                out.append(value);
                i = end;
            } else out.append(c);
        }
        return out.toString();
    }

    private static boolean any(Object oneOrSeveral, java.util.function.Predicate<String> matches) {
        return oneOrSeveral instanceof List<?> several
                ? several.stream().anyMatch(one -> matches.test(PyText.str(one)))
                : matches.test(PyText.str(oneOrSeveral));
    }

    private static boolean all(String text, IntPredicate matches) {
        return !text.isEmpty() && text.codePoints().allMatch(matches);
    }

    static String strip(String text, CallArguments arguments, boolean left, boolean right) {
        Optional<String> given =
                arguments.get(0, "chars").filter(chars -> chars != Nothing.NONE).map(PyText::str);
        IntPredicate stripped =
                given.<IntPredicate>map(chars -> c -> chars.indexOf(c) >= 0).orElse(TextMethods::isSpace);
        int begin = 0;
        int end = text.length();
        while (left && begin < end && stripped.test(text.codePointAt(begin)))
            begin += Character.charCount(text.codePointAt(begin));
        while (right && end > begin && stripped.test(text.codePointBefore(end)))
            end -= Character.charCount(text.codePointBefore(end));
        return text.substring(begin, end);
    }

    /** Python's white space: Java's and the spaces that do not break. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private List<Object> split(String text, CallArguments arguments, boolean fromRight) {
        long most = arguments.number(1, "maxsplit", -1);
        Optional<String> separator =
                arguments.get(0, "sep").filter(s -> s != Nothing.NONE).map(PyText::str);
        budget.steps(text.length() / 16);
        if (separator.isEmpty()) return splitAtSpace(text, most);
        String by = separator.get();
        if (by.isEmpty()) throw TemplateException.runtime("A text cannot be split at nothing.");
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int to = text.length();
        for (long left = most; left != 0; left--) {
            int at = fromRight ? text.lastIndexOf(by, to - by.length()) : text.indexOf(by, from);
            if (at < from) break;
            budget.step();
            parts.add(fromRight ? text.substring(at + by.length(), to) : text.substring(from, at));
            if (fromRight) to = at;
            else from = at + by.length();
        }
        parts.add(text.substring(from, to));
        return fromRight ? parts.reversed() : parts;
    }

    private static List<Object> splitAtSpace(String text, long most) {
        List<Object> parts = new ArrayList<>();
        int at = skip(text, 0, true);
        for (long left = most; at < text.length(); left--) {
            if (left == 0) {
                parts.add(text.substring(at).stripTrailing());
                break;
            }
            int end = skip(text, at, false);
            parts.add(text.substring(at, end));
            at = skip(text, end, true);
        }
        return parts;
    }

    /** The first place from {@code at} on that is no white space, or that is. */
    private static int skip(String text, int at, boolean space) {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i)) == space) i++;
        return i;
    }

    String replace(String text, CallArguments arguments) {
        String old = arguments.text(0, "old", "");
        String replacement = arguments.text(1, "new", "");
        long most = arguments.number(2, "count", -1);
        budget.characters(text.length()
                + (replacement.length() > old.length()
                        ? count(text, old) * (long) (replacement.length() - old.length())
                        : 0));
        if (most < 0) return text.replace(old, replacement);
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(old); at >= 0 && most > 0; at = text.indexOf(old, from), most--) {
            out.append(text, from, at).append(replacement);
            from = at + Math.max(1, old.length());
        }
        return out.append(text.substring(Math.min(from, text.length()))).toString();
    }

    String join(String separator, List<Object> items) {
        List<String> texts = items.stream().map(PyText::str).toList();
        long length = (long) separator.length() * texts.size();
        for (String text : texts) length += text.length();
        budget.characters(length);
        return String.join(separator, texts);
    }

    static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) return text.length() + 1L;
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) count++;
        return count;
    }

    private static String removePrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removeSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static int codePoints(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }
}
