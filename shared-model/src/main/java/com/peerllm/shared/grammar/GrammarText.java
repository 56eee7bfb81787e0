package com.peerllm.shared.grammar;

import java.util.HashSet;
import java.util.Set;

/**
 * Checks that a text is a grammar in llama.cpp's notation, before llama.cpp reads it: what it cannot read it prints in full, and a
 * grammar holds words of a prompt.
 *
 * <p>One rule a line, as {@link GrammarBuilder} writes them; without comments.
 */
public final class GrammarText {
    private static final String SIGN = " ::= ";
    private static final int MOST_NESTING = 64;

    private final Set<String> used = new HashSet<>();
    private String body = "";
    private int at;
    private int nesting;

    private GrammarText() {}

    /** Whether llama.cpp can parse this; left recursion it finds itself, and says so without the text. */
    public static boolean isReadable(String gbnf) {
        GrammarText text = new GrammarText();
        Set<String> rules = new HashSet<>();
        for (String line : gbnf.split("\n")) {
            int sign = line.indexOf(SIGN);
            boolean readable =
                    sign > 0 && isName(line.substring(0, sign)) && text.reads(line.substring(sign + SIGN.length()));
            if (!readable || !rules.add(line.substring(0, sign))) return false;
        }
        return rules.contains("root") && rules.containsAll(text.used);
    }

    private boolean reads(String newBody) {
        body = newBody;
        at = 0;
        nesting = 0;
        boolean repeatable = false;
        while (at < body.length()) {
            char c = body.charAt(at);
            switch (c) {
                case ' ' -> at++;
                case '|' -> {
                    at++;
                    repeatable = false;
                }
                case '(' -> {
                    at++;
                    if (++nesting > MOST_NESTING) return false;
                    repeatable = false;
                }
                case ')' -> {
                    at++;
                    if (--nesting < 0) return false;
                    repeatable = true;
                }
                case '?', '*', '+', '{' -> {
                    if (!repeatable || !repetition(c)) return false;
                    repeatable = false;
                }
                default -> {
                    if (!item(c)) return false;
                    repeatable = true;
                }
            }
        }
        return nesting == 0;
    }

    private boolean item(char c) {
        return switch (c) {
            case '"' -> closed('"');
            case '[' -> closed(']');
            case '<' -> token();
            default -> name();
        };
    }

    private boolean closed(char close) {
        for (at++; at < body.length(); at++) {
            char c = body.charAt(at);
            if (c == close) {
                at++;
                return true;
            }
            if (c == '\\' && !escape()) return false;
        }
        return false;
    }

    private boolean escape() {
        at++;
        if (at >= body.length()) return false;
        int digits = switch (body.charAt(at)) {
            case 'n', 'r', 't', '"', '\\', '[', ']' -> 0;
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> -1;
        };
        for (int i = 0; i < digits; i++)
            if (++at >= body.length() || Character.digit(body.charAt(at), 16) < 0) return false;
        return digits >= 0;
    }

    private boolean token() {
        int close = body.indexOf("]>", at);
        if (close < 0 || !body.substring(at, close).matches("<\\[\\d{1,9}")) return false;
        at = close + 2;
        return true;
    }

    private boolean name() {
        int from = at;
        while (at < body.length() && isNamePart(body.charAt(at))) at++;
        if (at == from) return false;
        used.add(body.substring(from, at));
        return true;
    }

    private boolean repetition(char c) {
        if (c != '{') {
            at++;
            return true;
        }
        int close = body.indexOf('}', at);
        if (close < 0 || !body.substring(at, close).matches("\\{\\d{1,4}(,\\d{0,4})?")) return false;
        for (String number : body.substring(at + 1, close).split(","))
            if (Integer.parseInt(number) > GrammarBuilder.MOST_REPETITIONS) return false;
        at = close + 1;
        return true;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isNamePart((char) c));
    }

    private static boolean isNamePart(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || c == '-';
    }
}
