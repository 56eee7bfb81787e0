package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that a function, filter, test or macro is called with. */
record CallArguments(List<Object> positional, Map<String, Object> named) {
    static final CallArguments NONE = new CallArguments(List.of(), Map.of());

    static CallArguments of(Object... values) {
        return new CallArguments(List.of(values), Map.of());
    }

    int count() {
        return positional.size();
    }

    /** The argument at a position or of a name. */
    Optional<Object> get(int position, String name) {
        if (position < positional.size()) return Optional.of(positional.get(position));
        return Optional.ofNullable(named.get(name));
    }

    Object require(int position, String name) {
        return get(position, name)
                .orElseThrow(() -> TemplateException.runtime("The argument " + name + " is missing."));
    }

    String text(int position, String name, String otherwise) {
        return get(position, name).map(PyText::str).orElse(otherwise);
    }

    boolean flag(int position, String name) {
        return get(position, name).map(PyValues::isTrue).orElse(false);
    }

    long number(int position, String name, long otherwise) {
        return get(position, name).map(PyValues::integer).orElse(otherwise);
    }

    /** These arguments without the first ones. */
    CallArguments without(int first) {
        return new CallArguments(positional.subList(Math.min(first, positional.size()), positional.size()), named);
    }
}
