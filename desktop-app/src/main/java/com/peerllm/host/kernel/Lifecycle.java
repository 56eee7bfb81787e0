package com.peerllm.host.kernel;

/** A part of the program that runs from {@code start} to {@code stop}. */
public interface Lifecycle {

    /** Begins; when it throws, nothing of it runs. */
    void start();

    /** Ends, also when it never started or has ended already; returns when nothing of it runs any more. */
    void stop();

    /** A part that needs no start. */
    static Lifecycle stopping(Runnable stop) {
        return new Lifecycle() {
            @Override
            public void start() {}

            @Override
            public void stop() {
                stop.run();
            }
        };
    }
}
