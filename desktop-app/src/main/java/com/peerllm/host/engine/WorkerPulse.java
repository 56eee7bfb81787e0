package com.peerllm.host.engine;

/**
 * Signs of life of one worker, counted by the thread that reads its frames and looked at by {@link WorkerWatch}. Token path: one
 * addition for each frame.
 */
final class WorkerPulse {
    private volatile long frames;
    private volatile long steps;
    private volatile boolean listening;

    /** We wait for the worker now; silence before this was our own. */
    void listening(boolean now) {
        listening = now;
    }

    /** Called by one thread only. */
    void heard() {
        frames++;
    }

    /** The worker has computed so many steps in its life. */
    void computed(long stepsInAll) {
        steps = stepsInAll;
    }

    long frames() {
        return frames;
    }

    long steps() {
        return steps;
    }

    boolean isListening() {
        return listening;
    }
}
