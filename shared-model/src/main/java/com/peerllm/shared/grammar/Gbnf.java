package com.peerllm.shared.grammar;

/** Characters in llama.cpp's notation of grammars. */
final class Gbnf {
    private Gbnf() {}

    /** A text, character for character. */
    static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(inLiteral(c)));
        return out.append('"').toString();
    }

    /** A character between the brackets of a set; all but letters and digits by number, for several have a meaning there. */
    static String inSet(int character) {
        boolean plain = character < 0x80 && Character.isLetterOrDigit(character);
        return plain ? Character.toString(character) : byNumber(character);
    }

    static String range(int first, int last) {
        return first == last ? inSet(first) : inSet(first) + "-" + inSet(last);
    }

    private static String inLiteral(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < 0x20 || c == 0x7F ? byNumber(c) : Character.toString(c);
        };
    }

    private static String byNumber(int c) {
        if (c <= 0xFF) return String.format("\\x%02X", c);
        return c <= 0xFFFF ? String.format("\\u%04X", c) : String.format("\\U%08X", c);
    }
}
