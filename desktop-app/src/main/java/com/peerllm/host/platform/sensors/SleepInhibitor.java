package com.peerllm.host.platform.sensors;

import java.io.IOException;

/** Keeps the computer from falling asleep by itself. A person who sends it to sleep, or closes it, still can. */
@FunctionalInterface
public interface SleepInhibitor {

    /**
     * Until the hold is closed or this program ends, however it ends.
     *
     * @param why shown to the person by the operating system
     * @throws IOException when the operating system does not take it
     */
    Hold hold(String why) throws IOException;

    /** What keeps the computer awake. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
