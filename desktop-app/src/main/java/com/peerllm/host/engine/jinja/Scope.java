package com.peerllm.host.engine.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that hold at a place of a template: its own, and those around it. */
final class Scope {
    private final Map<String, Object> names = new HashMap<>();
    private final Optional<Scope> outer;

    Scope(Map<String, Object> names) {
        this.names.putAll(names);
        this.outer = Optional.empty();
    }

    private Scope(Scope outer) {
        this.outer = Optional.of(outer);
    }

    Scope inner() {
        return new Scope(this);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        Scope scope = this;
        while (true) {
            Object found = scope.names.get(name);
            if (found != null) return found;
            if (scope.outer.isEmpty()) return new Undefined(name);
            scope = scope.outer.get();
        }
    }
}
