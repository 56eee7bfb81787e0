package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads expressions, in Jinja's order of precedence. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

    private final TokenCursor tokens;

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several with commas between them, which make a list. */
    Expr parseTuple() {
        Expr first = parse();
        if (!tokens.isOperator(",")) return first;
        List<Expr> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            if (endsTuple()) break;
            items.add(parse());
        }
        return new Expr.ListOf(items);
    }

    private boolean endsTuple() {
        Token.Kind kind = tokens.peek().kind();
        return kind == Token.Kind.BLOCK_END || kind == Token.Kind.OUTPUT_END || tokens.isOperator(")");
    }

    Expr parse() {
        Expr value = parseOr();
        while (tokens.skipName("if")) {
            Expr condition = parseOr();
            Optional<Expr> otherwise = tokens.skipName("else") ? Optional.of(parse()) : Optional.empty();
            value = new Expr.Conditional(condition, value, otherwise);
        }
        return value;
    }

    /** Without the inline {@code if}, which would swallow the condition of a {@code for}. */
    Expr parseOr() {
        Expr left = parseAnd();
        while (tokens.skipName("or")) left = new Expr.Binary("or", left, parseAnd());
        return left;
    }

    private Expr parseAnd() {
        Expr left = parseNot();
        while (tokens.skipName("and")) left = new Expr.Binary("and", left, parseNot());
        return left;
    }

    private Expr parseNot() {
        return tokens.skipName("not") ? new Expr.Unary("not", parseNot()) : parseComparison();
    }

    private Expr parseComparison() {
        Expr first = parseSum();
        List<Map.Entry<String, Expr>> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(Map.entry(token.text(), parseSum()));
            } else if (tokens.skipName("in")) rest.add(Map.entry("in", parseSum()));
            else if (tokens.isName("not") && tokens.peekSecond().is(Token.Kind.NAME, "in")) {
                tokens.next();
                tokens.next();
                rest.add(Map.entry("not in", parseSum()));
            } else return rest.isEmpty() ? first : new Expr.Comparison(first, rest);
        }
    }

    private Expr parseSum() {
        Expr left = parseConcat();
        while (tokens.isOperator("+") || tokens.isOperator("-"))
            left = new Expr.Binary(tokens.next().text(), left, parseConcat());
        return left;
    }

    private Expr parseConcat() {
        Expr left = parseProduct();
        while (tokens.skipOperator("~")) left = new Expr.Binary("~", left, parseProduct());
        return left;
    }

    private Expr parseProduct() {
        Expr left = parsePower();
        while (tokens.isOperator("*") || tokens.isOperator("/") || tokens.isOperator("//") || tokens.isOperator("%"))
            left = new Expr.Binary(tokens.next().text(), left, parsePower());
        return left;
    }

    private Expr parsePower() {
        Expr left = parseUnary(true);
        while (tokens.skipOperator("**")) left = new Expr.Binary("**", left, parseUnary(true));
        return left;
    }

    private Expr parseUnary(boolean withFilters) {
        Expr value;
        if (tokens.skipOperator("-")) value = new Expr.Unary("-", parseUnary(false));
        else if (tokens.skipOperator("+")) value = new Expr.Unary("+", parseUnary(false));
        else value = parsePrimary();
        value = parsePostfix(value);
        return withFilters ? parseFiltersAndTests(value) : value;
    }

    private Expr parsePrimary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case STRING -> new Expr.Literal(strings(token.text()));
            case INTEGER -> new Expr.Literal(integer(token));
            case FLOAT -> new Expr.Literal(Double.parseDouble(token.text()));
            case NAME -> name(token.text());
            case OPERATOR -> bracketed(token);
            default -> throw TemplateException.syntax("Line " + token.line() + ": an expression is expected.");
        };
    }

    /** Texts side by side are one text. */
    private String strings(String first) {
        StringBuilder all = new StringBuilder(first);
        while (tokens.peek().kind() == Token.Kind.STRING)
            all.append(tokens.next().text());
        return all.toString();
    }

    private static Long integer(Token token) {
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException e) {
            throw TemplateException.syntax("Line " + token.line() + ": a number is too large.");
        }
    }

    private static Expr name(String name) {
        return switch (name) {
            case "true", "True" -> new Expr.Literal(true);
            case "false", "False" -> new Expr.Literal(false);
            case "none", "None" -> new Expr.Literal(Nothing.NONE);
            default -> new Expr.Name(name);
        };
    }

    private Expr bracketed(Token token) {
        switch (token.text()) {
            case "(" -> {
                if (tokens.skipOperator(")")) return new Expr.ListOf(List.of());
                Expr value = parseTuple();
                tokens.expectOperator(")");
                return value;
            }
            case "[" -> {
                List<Expr> items = new ArrayList<>();
                while (!tokens.skipOperator("]")) {
                    items.add(parse());
                    if (!tokens.isOperator("]")) tokens.expectOperator(",");
                }
                return new Expr.ListOf(items);
            }
            case "{" -> {
                List<Map.Entry<Expr, Expr>> entries = new ArrayList<>();
                while (!tokens.skipOperator("}")) {
                    Expr key = parse();
                    tokens.expectOperator(":");
                    entries.add(Map.entry(key, parse()));
                    if (!tokens.isOperator("}")) tokens.expectOperator(",");
                }
                return new Expr.DictOf(entries);
            }
            default ->
                throw TemplateException.syntax(
                        "Line " + token.line() + ": an expression is expected instead of \"" + token.text() + "\".");
        }
    }

    private Expr parsePostfix(Expr target) {
        Expr value = target;
        while (true) {
            if (tokens.skipOperator(".")) {
                Token name = tokens.next();
                value = name.kind() == Token.Kind.INTEGER
                        ? new Expr.Item(value, new Expr.Literal(integer(name)))
                        : new Expr.Attribute(value, name.text());
            } else if (tokens.skipOperator("[")) value = subscript(value);
            else if (tokens.isOperator("(")) value = new Expr.Call(value, arguments());
            else return value;
        }
    }

    private Expr subscript(Expr target) {
        Optional<Expr> from = tokens.isOperator(":") ? Optional.empty() : Optional.of(parseTuple());
        if (tokens.skipOperator("]")) return new Expr.Item(target, from.orElseThrow());
        tokens.expectOperator(":");
        Optional<Expr> to = bound();
        Optional<Expr> step = tokens.skipOperator(":") ? bound() : Optional.empty();
        tokens.expectOperator("]");
        return new Expr.Slice(target, from, to, step);
    }

    private Optional<Expr> bound() {
        return tokens.isOperator(":") || tokens.isOperator("]") ? Optional.empty() : Optional.of(parse());
    }

    private Expr parseFiltersAndTests(Expr target) {
        Expr value = target;
        while (true) {
            if (tokens.skipOperator("|")) {
                Node.AppliedFilter filter = filter();
                value = new Expr.Filter(value, filter.name(), filter.arguments());
            } else if (tokens.skipName("is")) value = test(value);
            else if (tokens.isOperator("(")) value = new Expr.Call(value, arguments());
            else return value;
        }
    }

    Node.AppliedFilter filter() {
        String name = tokens.expect(Token.Kind.NAME).text();
        return new Node.AppliedFilter(name, tokens.isOperator("(") ? arguments() : Expr.Arguments.NONE);
    }

    private Expr test(Expr target) {
        boolean negated = tokens.skipName("not");
        String name = tokens.expect(Token.Kind.NAME).text();
        Expr.Arguments arguments = Expr.Arguments.NONE;
        if (tokens.isOperator("(")) arguments = arguments();
        else if (startsArgument()) arguments = new Expr.Arguments(List.of(parsePostfix(parsePrimary())), Map.of());
        Expr test = new Expr.Test(target, name, arguments);
        return negated ? new Expr.Unary("not", test) : test;
    }

    /** A test's one argument may stand without parentheses: {@code x is divisibleby 3}. */
    private boolean startsArgument() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }

    Expr.Arguments arguments() {
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.peek().kind() == Token.Kind.NAME && tokens.peekSecond().is(Token.Kind.OPERATOR, "=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, parse());
            } else positional.add(parse());
            if (!tokens.isOperator(")")) tokens.expectOperator(",");
        }
        return new Expr.Arguments(positional, named);
    }
}
