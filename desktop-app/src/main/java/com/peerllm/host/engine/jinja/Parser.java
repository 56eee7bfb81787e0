package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads statements: a template is a list of them. */
final class Parser {
    private final TokenCursor tokens;
    private final ExpressionParser expressions;

    private Parser(TokenCursor tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Node> parse(String template) {
        Parser parser = new Parser(new TokenCursor(Lexer.cut(template)));
        List<Node> nodes = parser.body(Set.of());
        parser.tokens.expect(Token.Kind.END);
        return nodes;
    }

    /** Statements up to a block tag with one of these names, whose name is then next; or up to the end. */
    private List<Node> body(Set<String> ends) {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case TEXT -> nodes.add(new Node.Text(tokens.next().text()));
                case OUTPUT_BEGIN -> {
                    tokens.next();
                    nodes.add(new Node.Output(expressions.parseTuple()));
                    tokens.expect(Token.Kind.OUTPUT_END);
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (ends.contains(tokens.peek().text())) return nodes;
                    nodes.add(statement(tokens.expect(Token.Kind.NAME)));
                }
                default -> {
                    if (!ends.isEmpty())
                        throw TemplateException.syntax("The template ends before " + String.join(" or ", ends) + ".");
                    return nodes;
                }
            }
        }
    }

    private Node statement(Token keyword) {
        return switch (keyword.text()) {
            case "if" -> ifStatement();
            case "for" -> forStatement();
            case "set" -> setStatement();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> {
                endTag();
                yield new Node.With(Map.of(), bodyTo("endgeneration"));
            }
            case "break" -> simple(new Node.Break());
            case "continue" -> simple(new Node.Continue());
            default ->
                throw TemplateException.syntax(
                        "Line " + keyword.line() + ": chat templates have no \"" + keyword.text() + "\" here.");
        };
    }

    private Node simple(Node node) {
        endTag();
        return node;
    }

    private void endTag() {
        tokens.expect(Token.Kind.BLOCK_END);
    }

    private List<Node> bodyTo(String end) {
        List<Node> nodes = body(Set.of(end));
        tokens.next();
        endTag();
        return nodes;
    }

    private Node ifStatement() {
        List<Node.Branch> branches = new ArrayList<>();
        Optional<Expr> condition = Optional.of(expressions.parseTuple());
        while (true) {
            endTag();
            branches.add(new Node.Branch(condition, body(Set.of("elif", "else", "endif"))));
            String end = tokens.next().text();
            if (end.equals("endif")) break;
            condition = end.equals("elif") ? Optional.of(expressions.parseTuple()) : Optional.empty();
        }
        endTag();
        return new Node.If(branches);
    }

    private Node forStatement() {
        List<String> targets = names("in");
        tokens.expectName("in");
        Expr items = expressions.parseOr();
        Optional<Expr> only = tokens.skipName("if") ? Optional.of(expressions.parse()) : Optional.empty();
        if (tokens.isName("recursive")) throw TemplateException.syntax("Recursive loops are not supported.");
        endTag();
        List<Node> body = body(Set.of("else", "endfor"));
        List<Node> otherwise = List.of();
        if (tokens.next().text().equals("else")) {
            endTag();
            otherwise = body(Set.of("endfor"));
            tokens.next();
        }
        endTag();
        return new Node.For(targets, items, only, body, otherwise);
    }

    private List<String> names(String end) {
        boolean bracket = tokens.skipOperator("(");
        List<String> names = new ArrayList<>();
        do {
            if (tokens.isName(end)) break;
            names.add(tokens.expect(Token.Kind.NAME).text());
        } while (tokens.skipOperator(","));
        if (bracket) tokens.expectOperator(")");
        return names;
    }

    private Node setStatement() {
        List<Node.Target> targets = new ArrayList<>();
        do targets.add(target());
        while (tokens.skipOperator(","));
        if (tokens.skipOperator("=")) {
            Expr value = expressions.parseTuple();
            endTag();
            return new Node.Set(targets, value);
        }
        List<Node.AppliedFilter> filters = new ArrayList<>();
        while (tokens.skipOperator("|")) filters.add(expressions.filter());
        endTag();
        return new Node.SetBlock(targets.getFirst(), filters, bodyTo("endset"));
    }

    private Node.Target target() {
        String name = tokens.expect(Token.Kind.NAME).text();
        if (!tokens.skipOperator(".")) return new Node.Target(name, Optional.empty());
        return new Node.Target(name, Optional.of(tokens.expect(Token.Kind.NAME).text()));
    }

    private Node macro() {
        String name = tokens.expect(Token.Kind.NAME).text();
        List<Node.Parameter> parameters = parameters();
        endTag();
        return new Node.Macro(name, parameters, bodyTo("endmacro"));
    }

    private List<Node.Parameter> parameters() {
        List<Node.Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String name = tokens.expect(Token.Kind.NAME).text();
            Optional<Expr> otherwise = tokens.skipOperator("=") ? Optional.of(expressions.parse()) : Optional.empty();
            parameters.add(new Node.Parameter(name, otherwise));
            if (!tokens.isOperator(")")) tokens.expectOperator(",");
        }
        return parameters;
    }

    private Node callBlock() {
        List<Node.Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
        Expr called = expressions.parse();
        endTag();
        if (!(called instanceof Expr.Call call)) throw TemplateException.syntax("A call block calls nothing.");
        return new Node.CallBlock(call, parameters, bodyTo("endcall"));
    }

    private Node filterBlock() {
        List<Node.AppliedFilter> filters = new ArrayList<>();
        do filters.add(expressions.filter());
        while (tokens.skipOperator("|"));
        endTag();
        return new Node.FilterBlock(filters, bodyTo("endfilter"));
    }

    private Node with() {
        Map<String, Expr> values = new LinkedHashMap<>();
        while (tokens.peek().kind() != Token.Kind.BLOCK_END) {
            String name = tokens.expect(Token.Kind.NAME).text();
            tokens.expectOperator("=");
            values.put(name, expressions.parse());
            if (!tokens.skipOperator(",")) break;
        }
        endTag();
        return new Node.With(values, bodyTo("endwith"));
    }
}
