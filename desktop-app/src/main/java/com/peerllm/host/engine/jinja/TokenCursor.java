package com.peerllm.host.engine.jinja;

import java.util.List;

/** A place in a template's tokens that moves forward. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) at++;
        return token;
    }

    boolean isName(String name) {
        return peek().is(Token.Kind.NAME, name);
    }

    boolean isOperator(String operator) {
        return peek().is(Token.Kind.OPERATOR, operator);
    }

    boolean skipName(String name) {
        if (!isName(name)) return false;
        next();
        return true;
    }

    boolean skipOperator(String operator) {
        if (!isOperator(operator)) return false;
        next();
        return true;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) throw unexpected("\"" + operator + "\"");
    }

    void expectName(String name) {
        if (!skipName(name)) throw unexpected("\"" + name + "\"");
    }

    Token expect(Token.Kind kind) {
        if (peek().kind() != kind) throw unexpected(kind.toString());
        return next();
    }

    TemplateException unexpected(String wanted) {
        return TemplateException.syntax("Line " + peek().line() + ": " + wanted + " is expected instead of \""
                + peek().text() + "\" (" + peek().kind() + ").");
    }
}
