package com.peerllm.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** When the tokens of one answer came. Written by one thread, read after it has ended. */
final class TokenTimes {
    private final List<Long> nanos = new ArrayList<>();

    void came(int tokens) {
        long now = System.nanoTime();
        for (int i = 0; i < tokens; i++) nanos.add(now);
    }

    int count() {
        return nanos.size();
    }

    long firstNanos() {
        return nanos.getFirst();
    }

    long lastNanos() {
        return nanos.getLast();
    }

    long tokensAfter(long time) {
        return nanos.stream().filter(at -> at > time).count();
    }
}
