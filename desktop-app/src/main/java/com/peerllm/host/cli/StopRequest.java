package com.peerllm.host.cli;

import java.util.ArrayList;
import java.util.List;

/** The wish of the operating system or the person that a running host ends. */
public final class StopRequest {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean made;

    /** @return whether anybody listens and so will end by itself */
    public synchronized boolean make() {
        if (!made) listeners.forEach(Runnable::run);
        made = true;
        return !listeners.isEmpty();
    }

    /** Runs the listener once when the wish comes, or now when it has come already. */
    public synchronized void onMade(Runnable listener) {
        listeners.add(listener);
        if (made) listener.run();
    }
}
