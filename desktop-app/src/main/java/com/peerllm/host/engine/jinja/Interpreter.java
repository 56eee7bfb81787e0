package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a template's statements and collects what they print. */
final class Interpreter {

    /** How a list of statements ended: normally, or on its way out of a loop. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Budget budget;
    private final Evaluator evaluator;

    Interpreter(Budget budget) {
        this.budget = budget;
        this.evaluator = new Evaluator(budget);
    }

    String run(List<Node> nodes, Scope scope) {
        StringBuilder out = new StringBuilder();
        run(nodes, scope, out);
        return out.toString();
    }

    private Flow run(List<Node> nodes, Scope scope, StringBuilder out) {
        for (Node node : nodes) {
            budget.step();
            Flow flow = run(node, scope, out);
            if (flow != Flow.ON) return flow;
        }
        return Flow.ON;
    }

    private Flow run(Node node, Scope scope, StringBuilder out) {
        switch (node) {
            case Node.Text(String text) -> print(text, out);
            case Node.Output(Expr value) -> print(PyText.str(evaluator.value(value, scope)), out);
            case Node.If(List<Node.Branch> branches) -> {
                return runIf(branches, scope, out);
            }
            case Node.For loop -> runFor(loop, scope, out);
            case Node.Set(List<Node.Target> targets, Expr value) -> set(targets, evaluator.value(value, scope), scope);
            case Node.SetBlock(Node.Target target, List<Node.AppliedFilter> filters, List<Node> body) ->
                assign(target, evaluator.filtered(run(body, scope.inner()), filters, scope), scope);
            case Node.Macro macro -> scope.set(macro.name(), callable(macro.parameters(), macro.body(), scope));
            case Node.CallBlock block -> print(PyText.str(runCall(block, scope)), out);
            case Node.FilterBlock(List<Node.AppliedFilter> filters, List<Node> body) ->
                print(PyText.str(evaluator.filtered(run(body, scope.inner()), filters, scope)), out);
            case Node.With(Map<String, Expr> values, List<Node> body) -> {
                Scope inner = scope.inner();
                values.forEach((name, value) -> inner.set(name, evaluator.value(value, scope)));
                return run(body, values.isEmpty() ? scope : inner, out);
            }
            case Node.Break() -> {
                return Flow.BREAK;
            }
            case Node.Continue() -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void print(String text, StringBuilder out) {
        budget.characters(text.length());
        out.append(text);
    }

    private Flow runIf(List<Node.Branch> branches, Scope scope, StringBuilder out) {
        for (Node.Branch branch : branches)
            if (branch.condition().isEmpty()
                    || PyValues.isTrue(evaluator.value(branch.condition().get(), scope)))
                return run(branch.body(), scope, out);
        return Flow.ON;
    }

    private void runFor(Node.For loop, Scope scope, StringBuilder out) {
        List<Object> items = new ArrayList<>();
        for (Object item : PyValues.items(evaluator.value(loop.items(), scope))) {
            budget.step();
            if (loop.only().isEmpty()
                    || PyValues.isTrue(evaluator.value(loop.only().get(), withItem(loop, item, scope))))
                items.add(item);
        }
        Loop position = new Loop(items);
        for (Object item : items) {
            position.advance();
            Scope inner = withItem(loop, item, scope);
            inner.set("loop", position);
            if (run(loop.body(), inner, out) == Flow.BREAK) break;
        }
        if (items.isEmpty()) run(loop.otherwise(), scope.inner(), out);
    }

    private static Scope withItem(Node.For loop, Object item, Scope scope) {
        Scope inner = scope.inner();
        if (loop.targets().size() == 1) inner.set(loop.targets().getFirst(), item);
        else {
            List<Object> parts = unpacked(item, loop.targets().size());
            for (int i = 0; i < parts.size(); i++) inner.set(loop.targets().get(i), parts.get(i));
        }
        return inner;
    }

    private static List<Object> unpacked(Object value, int count) {
        List<Object> parts = PyValues.items(value);
        if (parts.size() != count)
            throw TemplateException.runtime(parts.size() + " values cannot be given to " + count + " names.");
        return parts;
    }

    private static void set(List<Node.Target> targets, Object value, Scope scope) {
        if (targets.size() == 1) {
            assign(targets.getFirst(), value, scope);
            return;
        }
        List<Object> parts = unpacked(value, targets.size());
        for (int i = 0; i < parts.size(); i++) assign(targets.get(i), parts.get(i), scope);
    }

    private static void assign(Node.Target target, Object value, Scope scope) {
        if (target.attribute().isEmpty()) scope.set(target.name(), value);
        else if (scope.get(target.name()) instanceof Namespace namespace)
            namespace.values().put(target.attribute().get(), value);
        else throw TemplateException.runtime("Only a namespace's attributes can be set.");
    }

    private Object runCall(Node.CallBlock block, Scope scope) {
        CallArguments given = evaluator.arguments(block.call().arguments(), scope);
        Map<String, Object> named = new java.util.LinkedHashMap<>(given.named());
        named.put("caller", callable(block.parameters(), block.body(), scope));
        return evaluator.call(
                evaluator.value(block.call().target(), scope), new CallArguments(given.positional(), named));
    }

    private Callable callable(List<Node.Parameter> parameters, List<Node> body, Scope defined) {
        return arguments -> {
            Scope inner = defined.inner();
            Optional.ofNullable(arguments.named().get("caller")).ifPresent(caller -> inner.set("caller", caller));
            for (int i = 0; i < parameters.size(); i++) {
                Node.Parameter parameter = parameters.get(i);
                Object value = arguments
                        .get(i, parameter.name())
                        .orElseGet(() -> parameter
                                .otherwise()
                                .map(otherwise -> evaluator.value(otherwise, inner))
                                .orElse(new Undefined(parameter.name())));
                inner.set(parameter.name(), value);
            }
            budget.enterMacro();
            String text = run(body, inner);
            budget.leaveMacro();
            return text;
        };
    }
}
