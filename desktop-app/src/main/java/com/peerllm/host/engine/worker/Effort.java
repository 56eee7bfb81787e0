package com.peerllm.host.engine.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much time the form of one answer takes. All answers wait while one is held to its form, so a form that takes far
 * more than any in use has to end.
 */
final class Effort {
    static final Duration AT_FIRST = Duration.ofSeconds(5);
    static final Duration PER_TOKEN = Duration.ofMillis(100);

    private final LongSupplier nanoClock;
    private long spentNanos;
    private long tokens;

    /** @param nanoClock such as {@link System#nanoTime} */
    Effort(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void spend(Runnable work) {
        long begun = nanoClock.getAsLong();
        work.run();
        spentNanos += nanoClock.getAsLong() - begun;
    }

    void token() {
        tokens++;
    }

    boolean tooMuch() {
        return spentNanos > AT_FIRST.plus(PER_TOKEN.multipliedBy(tokens)).toNanos();
    }
}
