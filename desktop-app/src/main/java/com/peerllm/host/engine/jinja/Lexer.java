package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, and decides which white space around a tag belongs to nobody.
 *
 * <p>{@code trim_blocks}: the line break after a block tag or a comment is dropped. {@code lstrip_blocks}: so is the indentation
 * before one that stands first in its line. A minus in the tag drops all white space on that side, a plus keeps it.
 */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean lineBegins = true;
    private int line = 1;
    private int countedTo;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> cut(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        if (source.endsWith("\n")) source = source.substring(0, source.length() - 1);
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                text(source.substring(at));
                break;
            }
            char kind = source.charAt(tag + 1);
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            text(before(source.substring(at, tag), kind, sign));
            at = tag + 2;
            if (kind == '#') comment();
            else tag(kind, sign);
        }
        tokens.add(new Token(Token.Kind.END, "", line()));
    }

    private int nextTag() {
        for (int i = at; i + 1 < source.length(); i++)
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) return i;
        return -1;
    }

    private String before(String text, char kind, char sign) {
        if (sign == '-') return text.stripTrailing();
        if (kind == '{' || sign == '+') return text;
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean first = lineStart > 0 || lineBegins;
        return first && text.substring(lineStart).isBlank() ? text.substring(0, lineStart) : text;
    }

    private void text(String text) {
        if (!text.isEmpty()) add(Token.Kind.TEXT, text);
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) throw TemplateException.syntax("A comment in line " + line() + " has no end.");
        boolean strip = source.charAt(end - 1) == '-' && end > at;
        boolean keep = source.charAt(end - 1) == '+' && end > at;
        at = end + 2;
        after(strip, !keep);
    }

    /** Drops white space after a tag, and notes whether a line begins there. */
    private void after(boolean strip, boolean trimLineBreak) {
        int begin = at;
        if (strip) while (at < source.length() && Character.isWhitespace(source.charAt(at))) at++;
        else if (trimLineBreak && at < source.length() && source.charAt(at) == '\n') at++;
        lineBegins = at > begin && source.charAt(at - 1) == '\n';
    }

    private void tag(char kind, char sign) {
        boolean block = kind == '%';
        if (sign == '-' || (sign == '+' && block)) at++;
        if (block && raw()) return;
        add(block ? Token.Kind.BLOCK_BEGIN : Token.Kind.OUTPUT_BEGIN, "");
        String end = block ? "%}" : "}}";
        int depth = 0;
        while (true) {
            skipSpace();
            if (at >= source.length()) throw TemplateException.syntax("A tag in line " + line() + " has no end.");
            if (depth == 0 && tagEnd(end, block)) return;
            char bracket = inside();
            if (bracket != 0) depth += nesting(bracket);
        }
    }

    private boolean tagEnd(String end, boolean block) {
        char c = source.charAt(at);
        int signs = c == '-' || (c == '+' && block) ? 1 : 0;
        if (!source.startsWith(end, at + signs)) return false;
        at += signs + 2;
        add(block ? Token.Kind.BLOCK_END : Token.Kind.OUTPUT_END, "");
        after(signs == 1 && c == '-', block && !(signs == 1 && c == '+'));
        return true;
    }

    /** One token inside of a tag; gives the bracket it was, or 0. */
    private char inside() {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            add(Token.Kind.STRING, new StringLiteral(source, at).read());
            at = StringLiteral.end(source, at);
            return 0;
        }
        if (Character.isDigit(c)) {
            number();
            return 0;
        }
        if (Character.isJavaIdentifierStart(c) && c != '$') {
            int begin = at;
            while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) at++;
            add(Token.Kind.NAME, source.substring(begin, at));
            return 0;
        }
        return operator(c);
    }

    private char operator(char c) {
        for (String two : List.of("==", "!=", "<=", ">=", "//", "**"))
            if (source.startsWith(two, at)) {
                at += 2;
                add(Token.Kind.OPERATOR, two);
                return 0;
            }
        if ("+-*/%~<>=()[]{}.,:|".indexOf(c) < 0)
            throw TemplateException.syntax("Line " + line() + " holds a character that no tag can have: " + c);
        at++;
        add(Token.Kind.OPERATOR, String.valueOf(c));
        return "()[]{}".indexOf(c) >= 0 ? c : 0;
    }

    private static int nesting(char bracket) {
        return "([{".indexOf(bracket) >= 0 ? 1 : -1;
    }

    private void number() {
        int begin = at;
        while (at < source.length() && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '_')) at++;
        boolean fraction =
                at + 1 < source.length() && source.charAt(at) == '.' && Character.isDigit(source.charAt(at + 1));
        if (fraction) {
            at++;
            while (at < source.length() && Character.isDigit(source.charAt(at))) at++;
        }
        add(
                fraction ? Token.Kind.FLOAT : Token.Kind.INTEGER,
                source.substring(begin, at).replace("_", ""));
    }

    /** {@code raw}: everything up to {@code endraw} is text. */
    private boolean raw() {
        RawBlock raw = RawBlock.find(source, at);
        if (raw.isNone()) return false;
        at = raw.bodyStart();
        after(raw.stripBefore(), true);
        String body = source.substring(Math.min(at, raw.bodyEnd()), raw.bodyEnd());
        text(raw.stripBody() ? body.stripTrailing() : before(body, '%', ' '));
        at = raw.end();
        after(raw.stripAfter(), true);
        return true;
    }

    private void skipSpace() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) at++;
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, line()));
    }

    private int line() {
        for (; countedTo < Math.min(at, source.length()); countedTo++) if (source.charAt(countedTo) == '\n') line++;
        return line;
    }
}
