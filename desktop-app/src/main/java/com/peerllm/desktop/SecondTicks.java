package com.peerllm.desktop;

import com.peerllm.host.kernel.Alarms;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Does something about once a second on the thread of the screens. Everything here belongs to that thread.
 *
 * <p>Not a JavaFX animation: while one runs, the toolkit draws sixty frames a second, also of a window that stands still.
 */
final class SecondTicks {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Alarms alarms;
    private final Executor fxThread;
    private final Runnable action;
    private boolean running;
    /** Tells a tick that was on its way when everything was stopped, and perhaps started again, that it comes too late. */
    private int beat;

    SecondTicks(Alarms alarms, Executor fxThread, Runnable action) {
        this.alarms = alarms;
        this.fxThread = fxThread;
        this.action = action;
    }

    void start() {
        if (running) return;
        running = true;
        await(++beat);
    }

    void stop() {
        running = false;
        beat++;
    }

    private void await(int mine) {
        alarms.after(SECOND, () -> fxThread.execute(() -> tick(mine)));
    }

    private void tick(int mine) {
        if (mine != beat) return;
        action.run();
        await(mine);
    }
}
