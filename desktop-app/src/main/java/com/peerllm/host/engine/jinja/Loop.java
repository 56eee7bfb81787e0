package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Optional;

/** The {@code loop} variable: where a loop is now. */
final class Loop {
    private final List<Object> items;
    private int index = -1;
    private Optional<List<Object>> lastSeen = Optional.empty();

    Loop(List<Object> items) {
        this.items = items;
    }

    void advance() {
        index++;
    }

    Object get(String name) {
        return switch (name) {
            case "index" -> (long) index + 1;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> (long) items.size() - index - 1;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined("loop.previtem");
            case "nextitem" -> index + 1 < items.size() ? items.get(index + 1) : new Undefined("loop.nextitem");
            case "cycle" -> (Callable) a -> a.positional().get(index % a.count());
            case "changed" -> (Callable) this::changed;
            default -> new Undefined("loop." + name);
        };
    }

    private Object changed(CallArguments arguments) {
        boolean same = lastSeen.isPresent() && PyValues.areEqual(lastSeen.get(), arguments.positional());
        lastSeen = Optional.of(arguments.positional());
        return !same;
    }
}
