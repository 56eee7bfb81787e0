package com.peerllm.host.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** Decides when a model has crashed its worker too often to be tried again. */
final class CrashHistory {
    static final int CRASHES_TO_QUARANTINE = 2;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final ArrayDeque<Instant> crashes = new ArrayDeque<>();

    /** An answer was completed: the model can work, so earlier crashes no longer count. */
    void answered() {
        crashes.clear();
    }

    /** Notes a crash and says whether it was one too many. */
    boolean crashed(Instant when) {
        crashes.add(when);
        while (crashes.peek().isBefore(when.minus(WINDOW))) crashes.remove();
        return crashes.size() >= CRASHES_TO_QUARANTINE;
    }
}
