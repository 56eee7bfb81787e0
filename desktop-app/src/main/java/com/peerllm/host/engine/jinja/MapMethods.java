package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods of Python's dictionaries that templates call; none of them changes the dictionary. */
final class MapMethods {
    private MapMethods() {}

    static Optional<Callable> find(Map<?, ?> map, String method) {
        Callable found = switch (method) {
            case "get" ->
                a -> {
                    Object value = map.get(a.require(0, "key"));
                    return value != null ? value : a.get(1, "default").orElse(Nothing.NONE);
                };
            case "keys" -> a -> new ArrayList<Object>(map.keySet());
            case "values" -> a -> new ArrayList<Object>(map.values());
            case "items" ->
                a -> {
                    List<Object> pairs = new ArrayList<>();
                    map.forEach((key, value) -> pairs.add(List.of(key, value)));
                    return pairs;
                };
            default -> null;
        };
        return Optional.ofNullable(found);
    }
}
