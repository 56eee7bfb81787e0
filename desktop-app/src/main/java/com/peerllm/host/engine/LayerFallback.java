package com.peerllm.host.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many layers to try on the GPU when loading with more has failed: as planned, half of that, none. Keeps each step's reason.
 */
final class LayerFallback {
    private final int planned;
    private int current;
    private volatile List<String> reasons = List.of();

    LayerFallback(int planned) {
        this.planned = planned;
        this.current = planned;
    }

    int layers() {
        return current;
    }

    /** What was given up so far, oldest first. */
    List<String> reasons() {
        return reasons;
    }

    /** Goes one step down; false when there is none below. */
    boolean stepDown(String why) {
        OptionalInt next = below(planned, current);
        if (next.isEmpty()) return false;
        List<String> more = new ArrayList<>(reasons);
        more.add("Loading with " + words(current) + " on the GPU failed (" + why + "); trying "
                + (next.getAsInt() == 0 ? "the CPU alone" : words(next.getAsInt())) + ".");
        reasons = List.copyOf(more);
        current = next.getAsInt();
        return true;
    }

    static OptionalInt below(int planned, int current) {
        if (current == 0) return OptionalInt.empty();
        boolean halved = current != planned;
        return OptionalInt.of(halved || current < 0 ? 0 : current / 2);
    }

    private static String words(int layers) {
        return layers < 0 ? "all layers" : layers == 1 ? "1 layer" : layers + " layers";
    }
}
