package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of a template. */
sealed interface Expr {
    record Literal(Object value) implements Expr {}

    record Name(String name) implements Expr {}

    record ListOf(List<Expr> items) implements Expr {}

    record DictOf(List<Map.Entry<Expr, Expr>> entries) implements Expr {}

    record Attribute(Expr target, String name) implements Expr {}

    record Item(Expr target, Expr key) implements Expr {}

    record Slice(Expr target, Optional<Expr> from, Optional<Expr> to, Optional<Expr> step) implements Expr {}

    record Call(Expr target, Arguments arguments) implements Expr {}

    record Filter(Expr target, String name, Arguments arguments) implements Expr {}

    record Test(Expr target, String name, Arguments arguments) implements Expr {}

    record Unary(String operator, Expr operand) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /** {@code a < b <= c}: each pair of neighbours must hold. */
    record Comparison(Expr first, List<Map.Entry<String, Expr>> rest) implements Expr {}

    record Conditional(Expr condition, Expr then, Optional<Expr> otherwise) implements Expr {}

    /** What stands between the parentheses of a call. */
    record Arguments(List<Expr> positional, Map<String, Expr> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
