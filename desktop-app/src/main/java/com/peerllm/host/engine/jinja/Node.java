package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement of a template. */
sealed interface Node {
    record Text(String text) implements Node {}

    record Output(Expr value) implements Node {}

    /** The first branch whose condition holds; the last may have none. */
    record If(List<Branch> branches) implements Node {}

    record Branch(Optional<Expr> condition, List<Node> body) {}

    record For(List<String> targets, Expr items, Optional<Expr> only, List<Node> body, List<Node> otherwise)
            implements Node {}

    record Set(List<Target> targets, Expr value) implements Node {}

    /** {@code set} with a body: the body's text is the value. */
    record SetBlock(Target target, List<AppliedFilter> filters, List<Node> body) implements Node {}

    record Macro(String name, List<Parameter> parameters, List<Node> body) implements Node {}

    /** {@code call}: calls a macro that may call the body back as {@code caller}. */
    record CallBlock(Expr.Call call, List<Parameter> parameters, List<Node> body) implements Node {}

    record FilterBlock(List<AppliedFilter> filters, List<Node> body) implements Node {}

    /** Names that hold inside of the body only; {@code generation} is one without names. */
    record With(Map<String, Expr> values, List<Node> body) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}

    record Parameter(String name, Optional<Expr> otherwise) {}

    record AppliedFilter(String name, Expr.Arguments arguments) {}

    /** Where an assignment goes: a name, or an attribute of a namespace. */
    record Target(String name, Optional<String> attribute) {}
}
