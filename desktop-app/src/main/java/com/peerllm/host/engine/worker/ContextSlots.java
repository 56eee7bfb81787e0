package com.peerllm.host.engine.worker;

import java.util.List;
import java.util.stream.IntStream;

/** The slots of a context in the order of their sequences, and the count that tells what happened in them before what. */
final class ContextSlots {
    private final List<Slot> all;
    private long now;

    ContextSlots(int count) {
        all = IntStream.range(0, count).mapToObj(Slot::new).toList();
    }

    List<Slot> all() {
        return all;
    }

    long free() {
        return all.stream().filter(Slot::free).count();
    }

    boolean allFree() {
        return all.stream().allMatch(Slot::free);
    }

    /** Later than all that was told before. */
    long next() {
        return ++now;
    }
}
