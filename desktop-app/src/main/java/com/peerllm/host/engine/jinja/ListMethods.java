package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The methods of Python's lists that templates call. Some templates collect in a list as they go (the ids of tool calls), so
 * lists can be changed: a template gets its own copy of everything, made for one rendering.
 */
final class ListMethods {
    private final Budget budget;

    ListMethods(Budget budget) {
        this.budget = budget;
    }

    Optional<Callable> find(List<Object> list, String method) {
        Callable found = switch (method) {
            case "append" ->
                a -> {
                    requireNoCircle(list, a.require(0, "object"));
                    changed(() -> list.add(a.require(0, "object")));
                    return Nothing.NONE;
                };
            case "extend" ->
                a -> {
                    Object iterable = a.require(0, "iterable");
                    budget.steps(PyValues.length(iterable));
                    List<Object> more = PyValues.items(iterable);
                    requireNoCircle(list, more);
                    changed(() -> list.addAll(more));
                    return Nothing.NONE;
                };
            case "insert" ->
                a -> {
                    int at = Math.clamp(fromEnd(a.number(0, "index", 0), list), 0, list.size());
                    requireNoCircle(list, a.require(1, "object"));
                    changed(() -> list.add(at, a.require(1, "object")));
                    return Nothing.NONE;
                };
            case "pop" -> a -> pop(list, fromEnd(a.number(0, "index", -1), list));
            case "copy" ->
                a -> {
                    budget.steps(list.size());
                    return new ArrayList<>(list);
                };
            case "count" ->
                a -> list.stream()
                        .filter(item -> PyValues.areEqual(item, a.require(0, "value")))
                        .count();
            default -> null;
        };
        return Optional.ofNullable(found);
    }

    private static Object pop(List<Object> list, long index) {
        if (index < 0 || index >= list.size()) throw TemplateException.runtime("There is nothing to pop there.");
        Object popped = list.get((int) index);
        changed(() -> list.remove((int) index));
        return popped;
    }

    /** A list that holds itself could be neither written nor compared. */
    private void requireNoCircle(List<Object> list, Object added) {
        budget.step();
        if (added == list) throw TemplateException.runtime("A list cannot hold itself.");
        if (added instanceof List<?> items) items.forEach(item -> requireNoCircle(list, item));
        else if (added instanceof Map<?, ?> map) map.values().forEach(item -> requireNoCircle(list, item));
    }

    /** Negative numbers count from the end. */
    private static long fromEnd(long index, List<Object> list) {
        return index < 0 ? index + list.size() : index;
    }

    private static void changed(Runnable change) {
        try {
            change.run();
        } catch (UnsupportedOperationException e) {
            throw TemplateException.runtime("This list cannot be changed.");
        }
    }
}
