package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the value of an expression. */
final class Evaluator {
    private final Budget budget;
    private final Arithmetic arithmetic;
    private final Filters filters;
    private final TextMethods texts;
    private final ListMethods lists;

    Evaluator(Budget budget) {
        this.budget = budget;
        this.arithmetic = new Arithmetic(budget);
        this.filters = new Filters(budget);
        this.texts = new TextMethods(budget);
        this.lists = new ListMethods(budget);
    }

    Object value(Expr expression, Scope scope) {
        budget.step();
        return switch (expression) {
            case Expr.Literal(Object value) -> value;
            case Expr.Name(String name) -> scope.get(name);
            case Expr.ListOf(List<Expr> items) -> list(items, scope);
            case Expr.DictOf(List<Map.Entry<Expr, Expr>> entries) -> dictionary(entries, scope);
            case Expr.Attribute(Expr target, String name) -> attribute(value(target, scope), name);
            case Expr.Item(Expr target, Expr key) -> item(value(target, scope), value(key, scope));
            case Expr.Slice slice -> slice(slice, scope);
            case Expr.Call(Expr target, Expr.Arguments arguments) ->
                call(value(target, scope), arguments(arguments, scope));
            case Expr.Filter(Expr target, String name, Expr.Arguments arguments) ->
                filters.apply(name, value(target, scope), arguments(arguments, scope));
            case Expr.Test(Expr target, String name, Expr.Arguments arguments) ->
                Tests.holds(name, value(target, scope), arguments(arguments, scope));
            case Expr.Unary(String operator, Expr operand) -> unary(operator, value(operand, scope));
            case Expr.Binary(String operator, Expr left, Expr right) -> binary(operator, left, right, scope);
            case Expr.Comparison comparison -> compare(comparison, scope);
            case Expr.Conditional(Expr condition, Expr then, Optional<Expr> otherwise) -> {
                if (PyValues.isTrue(value(condition, scope))) yield value(then, scope);
                yield otherwise.isPresent() ? value(otherwise.get(), scope) : new Undefined("the inline if's else");
            }
        };
    }

    Object filtered(Object value, List<Node.AppliedFilter> applied, Scope scope) {
        Object result = value;
        for (Node.AppliedFilter filter : applied)
            result = filters.apply(filter.name(), result, arguments(filter.arguments(), scope));
        return result;
    }

    CallArguments arguments(Expr.Arguments arguments, Scope scope) {
        if (arguments.positional().isEmpty() && arguments.named().isEmpty()) return CallArguments.NONE;
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, expression) -> named.put(name, value(expression, scope)));
        return new CallArguments(list(arguments.positional(), scope), named);
    }

    Object call(Object target, CallArguments arguments) {
        budget.step();
        return switch (target) {
            case Callable function -> function.call(arguments);
            case Undefined none -> throw PyValues.undefined(none);
            default -> throw TemplateException.runtime(PyValues.kind(target) + " cannot be called.");
        };
    }

    private List<Object> list(List<Expr> items, Scope scope) {
        List<Object> values = new ArrayList<>(items.size());
        for (Expr item : items) values.add(value(item, scope));
        return values;
    }

    private Map<Object, Object> dictionary(List<Map.Entry<Expr, Expr>> entries, Scope scope) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Map.Entry<Expr, Expr> entry : entries)
            map.put(value(entry.getKey(), scope), value(entry.getValue(), scope));
        return map;
    }

    /** {@code a.b}: Python looks for a method first, then for an item. */
    private Object attribute(Object target, String name) {
        return switch (target) {
            case Undefined none -> throw PyValues.undefined(none);
            case Loop loop -> loop.get(name);
            case Namespace namespace -> namespace.values().getOrDefault(name, new Undefined(name));
            case String text ->
                texts.find(text, name).<Object>map(method -> method).orElse(new Undefined(name));
            case Map<?, ?> map ->
                MapMethods.find(map, name).<Object>map(method -> method).orElseGet(() -> PyValues.item(map, name));
            case List<?> list ->
                lists.find(changeable(list), name).<Object>map(method -> method).orElse(new Undefined(name));
            default -> new Undefined(name);
        };
    }

    /** Every list that a template sees was made for it, as a list of any values. */
    @SuppressWarnings("unchecked")
    private static List<Object> changeable(List<?> list) {
        return (List<Object>) list;
    }

    /** {@code a["b"]}: an item first, then a method. */
    private Object item(Object target, Object key) {
        if (!(key instanceof String name)) return PyValues.item(target, key);
        if (target instanceof Map<?, ?> map && map.containsKey(name)) return PyValues.item(map, name);
        return attribute(target, name);
    }

    private Object slice(Expr.Slice slice, Scope scope) {
        Object target = value(slice.target(), scope);
        budget.steps(target instanceof String text ? text.length() / 4 : PyValues.length(target));
        return PyValues.slice(target, bound(slice.from(), scope), bound(slice.to(), scope), bound(slice.step(), scope));
    }

    private Object bound(Optional<Expr> bound, Scope scope) {
        return bound.isPresent() ? value(bound.get(), scope) : Nothing.NONE;
    }

    private Object unary(String operator, Object value) {
        if (operator.equals("not")) return !PyValues.isTrue(value);
        if (operator.equals("+")) return value;
        return arithmetic.apply("-", 0L, value);
    }

    private Object binary(String operator, Expr left, Expr right, Scope scope) {
        Object first = value(left, scope);
        return switch (operator) {
            case "and" -> PyValues.isTrue(first) ? value(right, scope) : first;
            case "or" -> PyValues.isTrue(first) ? first : value(right, scope);
            case "~" -> arithmetic.concat(first, value(right, scope));
            default -> arithmetic.apply(operator, first, value(right, scope));
        };
    }

    private boolean compare(Expr.Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (Map.Entry<String, Expr> next : comparison.rest()) {
            Object right = value(next.getValue(), scope);
            if (!holds(next.getKey(), left, right)) return false;
            left = right;
        }
        return true;
    }

    private static boolean holds(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> PyValues.areEqual(left, right);
            case "!=" -> !PyValues.areEqual(left, right);
            case "in" -> PyValues.contains(right, left);
            case "not in" -> !PyValues.contains(right, left);
            case "<" -> PyValues.compare(left, right) < 0;
            case "<=" -> PyValues.compare(left, right) <= 0;
            case ">" -> PyValues.compare(left, right) > 0;
            default -> PyValues.compare(left, right) >= 0;
        };
    }
}
