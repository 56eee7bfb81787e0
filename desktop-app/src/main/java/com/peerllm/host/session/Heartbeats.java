package com.peerllm.host.session;

import com.peerllm.host.kernel.Alarms;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Sends a sign of life at an even pace and notices when they are no longer confirmed, which is how a connection that looks
 * alive and is not gets found.
 */
final class Heartbeats {
    /** So many beats in a row without a confirmation mean that the connection is dead. */
    static final int MOST_UNCONFIRMED = 3;

    private final Alarms alarms;
    private final Duration interval;
    private final LongConsumer send;
    private final Runnable dead;

    private long sent;
    private long confirmed;
    private boolean stopped;
    private Alarms.Alarm next = () -> {};

    Heartbeats(Alarms alarms, Duration interval, LongConsumer send, Runnable dead) {
        this.alarms = alarms;
        this.interval = interval;
        this.send = send;
        this.dead = dead;
    }

    /** Sends the first beat now and goes on by itself. */
    void start() {
        beat();
    }

    /** @return whether this confirms a beat that was not confirmed before */
    synchronized boolean confirmed(long sequence) {
        if (sequence <= confirmed || sequence > sent) return false;
        confirmed = sequence;
        return true;
    }

    synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private void beat() {
        long sequence;
        synchronized (this) {
            if (stopped) return;
            boolean alive = sent - confirmed < MOST_UNCONFIRMED;
            if (alive) next = alarms.after(interval, this::beat);
            else stopped = true;
            sequence = alive ? ++sent : 0;
        }
        if (sequence == 0) dead.run();
        else send.accept(sequence);
    }
}
