package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Jinja's filters for lists and dictionaries. */
final class ListFilters {
    /** Jinja's own filters look whether there is anything before they go through it. */
    private static final Set<String> FILTERS_THAT_TAKE_NONE =
            Set.of("map", "select", "reject", "selectattr", "rejectattr");

    private final Budget budget;

    ListFilters(Budget budget) {
        this.budget = budget;
    }

    /** @param filters what {@code map("name")} applies to each item */
    Object apply(String filter, Object value, CallArguments arguments, Filters filters) {
        if (filter.equals("items")) return items(value);
        if (filter.equals("dictsort")) return dictSort(value);
        boolean takesNone = FILTERS_THAT_TAKE_NONE.contains(filter) && !PyValues.isTrue(value);
        List<Object> list = takesNone ? List.of() : PyValues.items(value);
        budget.steps(list.size());
        return switch (filter) {
            case "list" -> list;
            case "first" -> list.isEmpty() ? new Undefined("first") : list.getFirst();
            case "last" -> list.isEmpty() ? new Undefined("last") : list.getLast();
            case "reverse" ->
                value instanceof String text ? new StringBuilder(text).reverse().toString() : list.reversed();
            case "join" -> join(list, arguments);
            case "map" ->
                new ArrayList<Object>(
                        list.stream().map(mapping(arguments, filters)).toList());
            case "select" -> keep(list, test(arguments, 0, item -> item));
            case "reject" -> keep(list, test(arguments, 0, item -> item).negate());
            case "selectattr" -> keep(list, attributeTest(arguments));
            case "rejectattr" -> keep(list, attributeTest(arguments).negate());
            case "sort" -> sort(list, arguments);
            case "unique" -> unique(list, arguments);
            case "sum" -> sum(list, arguments);
            case "min" -> list.stream().min(PyValues::compare).orElse(new Undefined("min"));
            case "max" -> list.stream().max(PyValues::compare).orElse(new Undefined("max"));
            case "batch" -> batch(list, arguments);
            case "groupby" -> groupBy(list, arguments);
            default -> throw TemplateException.runtime("There is no filter \"" + filter + "\".");
        };
    }

    private static List<Object> items(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<Object> pairs = new ArrayList<>();
                map.forEach((key, item) -> pairs.add(List.of(key, item)));
                yield pairs;
            }
            case Undefined none -> List.of();
            default -> throw TemplateException.runtime(PyValues.kind(value) + " has no items.");
        };
    }

    private static List<Object> dictSort(Object value) {
        List<Object> pairs = new ArrayList<>(items(value));
        pairs.sort(Comparator.comparing(
                pair -> PyText.str(((List<?>) pair).getFirst()).toLowerCase(Locale.ROOT)));
        return pairs;
    }

    private Object join(List<Object> list, CallArguments arguments) {
        Optional<Object> attribute = arguments.get(1, "attribute");
        List<Object> items = attribute.isEmpty()
                ? list
                : new ArrayList<>(list.stream()
                        .map(item -> Filters.path(item, PyText.str(attribute.get())))
                        .toList());
        return new TextMethods(budget).join(arguments.text(0, "d", ""), items);
    }

    private Function<Object, Object> mapping(CallArguments arguments, Filters filters) {
        Object attribute = arguments.named().get("attribute");
        if (attribute == null) {
            String name = arguments.text(0, "filter", "");
            CallArguments rest = arguments.without(1);
            return item -> filters.apply(name, item, rest);
        }
        Optional<Object> otherwise = Optional.ofNullable(arguments.named().get("default"));
        return item -> {
            Object found = Filters.path(item, PyText.str(attribute));
            return found instanceof Undefined && otherwise.isPresent() ? otherwise.get() : found;
        };
    }

    private static Predicate<Object> attributeTest(CallArguments arguments) {
        String attribute = arguments.text(0, "attribute", "");
        return test(arguments, 1, item -> Filters.path(item, attribute));
    }

    private static Predicate<Object> test(CallArguments arguments, int position, Function<Object, Object> of) {
        if (arguments.count() <= position) return item -> PyValues.isTrue(of.apply(item));
        String name = PyText.str(arguments.positional().get(position));
        CallArguments rest = arguments.without(position + 1);
        return item -> Tests.holds(name, of.apply(item), rest);
    }

    private static List<Object> keep(List<Object> list, Predicate<Object> wanted) {
        return new ArrayList<>(list.stream().filter(wanted).toList());
    }

    private static Object sort(List<Object> list, CallArguments arguments) {
        boolean caseMatters = arguments.flag(1, "case_sensitive");
        Optional<Object> attribute = arguments.get(2, "attribute");
        Function<Object, Object> key = item -> {
            Object by = attribute.isPresent() ? Filters.path(item, PyText.str(attribute.get())) : item;
            return by instanceof String text && !caseMatters ? text.toLowerCase(Locale.ROOT) : by;
        };
        Comparator<Object> order = (a, b) -> PyValues.compare(key.apply(a), key.apply(b));
        List<Object> sorted = new ArrayList<>(list);
        sorted.sort(arguments.flag(0, "reverse") ? order.reversed() : order);
        return sorted;
    }

    private Object unique(List<Object> list, CallArguments arguments) {
        Optional<Object> attribute = arguments.get(1, "attribute");
        Map<Object, Object> seen = new LinkedHashMap<>();
        for (Object item : list)
            seen.putIfAbsent(attribute.isPresent() ? Filters.path(item, PyText.str(attribute.get())) : item, item);
        return new ArrayList<>(seen.values());
    }

    private Object sum(List<Object> list, CallArguments arguments) {
        Optional<Object> attribute = arguments.get(0, "attribute");
        Object total = arguments.get(1, "start").orElse(0L);
        for (Object item : list)
            total = new Arithmetic(budget)
                    .apply("+", total, attribute.isPresent() ? Filters.path(item, PyText.str(attribute.get())) : item);
        return total;
    }

    private static Object batch(List<Object> list, CallArguments arguments) {
        int size = Math.clamp(arguments.number(0, "linecount", 1), 1, Integer.MAX_VALUE);
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < list.size(); i += size)
            rows.add(new ArrayList<>(list.subList(i, Math.min(list.size(), i + size))));
        return rows;
    }

    private static Object groupBy(List<Object> list, CallArguments arguments) {
        String attribute = arguments.text(0, "attribute", "");
        Map<Object, List<Object>> groups = new LinkedHashMap<>();
        for (Object item : list)
            groups.computeIfAbsent(Filters.path(item, attribute), key -> new ArrayList<>())
                    .add(item);
        List<Object> pairs = new ArrayList<>();
        groups.forEach((key, items) -> pairs.add(List.of(key, items)));
        pairs.sort((a, b) -> PyValues.compare(((List<?>) a).getFirst(), ((List<?>) b).getFirst()));
        return pairs;
    }
}
