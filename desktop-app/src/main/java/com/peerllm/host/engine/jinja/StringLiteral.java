package com.peerllm.host.engine.jinja;

/** A quoted text in a tag, with Python's escapes. */
record StringLiteral(String source, int begin) {

    /** Where the literal ends, its closing quote included. */
    static int end(String source, int begin) {
        char quote = source.charAt(begin);
        for (int i = begin + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\\') i++;
            else if (source.charAt(i) == quote) return i + 1;
        }
        throw TemplateException.syntax("A text in quotes has no end.");
    }

    String read() {
        String raw = source.substring(begin + 1, end(source, begin) - 1);
        if (raw.indexOf('\\') < 0) return raw;
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '\\') {
                text.append(raw.charAt(i));
                continue;
            }
            i++;
            int digits = hexDigits(raw.charAt(i));
            if (digits > 0 && i + digits < raw.length()) {
                text.appendCodePoint(codePoint(raw.substring(i + 1, i + 1 + digits)));
                i += digits;
            } else text.append(unescaped(raw.charAt(i)));
        }
        return text.toString();
    }

    private static int hexDigits(char escape) {
        return switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static int codePoint(String hex) {
        try {
            int codePoint = Integer.parseUnsignedInt(hex, 16);
            if (Character.isValidCodePoint(codePoint)) return codePoint;
        } catch (NumberFormatException e) {
            throw TemplateException.syntax("A text in quotes holds a broken escape.");
        }
        throw TemplateException.syntax("A text in quotes holds a character that does not exist.");
    }

    private static String unescaped(char escape) {
        return switch (escape) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case '\n' -> "";
            case '\\', '\'', '"' -> String.valueOf(escape);
            default -> "\\" + escape;
        };
    }
}
