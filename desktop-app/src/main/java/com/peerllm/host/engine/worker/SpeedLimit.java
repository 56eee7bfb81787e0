package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Ends a measurement that takes so long that the model is of no use on this computer. llama.cpp itself is not interrupted. */
final class SpeedLimit implements AutoCloseable {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final CountDownLatch done = new CountDownLatch(1);
    private final LongSupplier steps;
    private final Duration longest;
    private final Consumer<EngineFailure> refuse;

    /** @param refuse ends the process */
    SpeedLimit(LongSupplier steps, Duration longest, Consumer<EngineFailure> refuse) {
        this.steps = steps;
        this.longest = longest;
        this.refuse = refuse;
    }

    /** Watches until it is closed; for a thread of its own. */
    void watch() throws InterruptedException {
        long before = steps.getAsLong();
        if (done.await(longest.toMillis(), TimeUnit.MILLISECONDS)) return;
        refuse.accept(tooSlow(steps.getAsLong() - before, longest));
    }

    static EngineFailure tooSlow(long steps, Duration longest) {
        String speed = String.format(Locale.ROOT, "%.2f steps/s", steps * 1000.0 / longest.toMillis());
        return new EngineFailure(
                EngineErrorCode.TOO_SLOW,
                "The model is too slow for this computer: in " + longest.toSeconds() + " s it computed " + steps
                        + " steps (" + speed + ") and the measurement was not done. Choose a smaller model.");
    }

    @Override
    public void close() {
        done.countDown();
    }
}
