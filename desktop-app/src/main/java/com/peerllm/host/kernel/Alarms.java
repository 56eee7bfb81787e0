package com.peerllm.host.kernel;

import java.time.Duration;

/** Calls something later. Tests pass in alarms that they ring themselves. */
@FunctionalInterface
public interface Alarms {

    /** Runs {@code action} once, not before {@code delay} has passed; it must not block. */
    Alarm after(Duration delay, Runnable action);

    /** An action that waits for its time. */
    @FunctionalInterface
    interface Alarm {
        /** Keeps the action from running, unless it runs or ran already. */
        void cancel();
    }
}
