package com.peerllm.orchestrator.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One connection with HTTP on it, and until when it has to do what it is to do next. Lives on the event loop. */
final class Visitor {
    /** How slowly an answer may be read. */
    private static final long SLOWEST_BYTES_PER_SECOND = 16 * 1024;

    /** So much of every body is received whatever else is: a small request is not kept out by large ones. */
    private static final int ALWAYS_RECEIVED_BYTES = 8 * 1024;

    private final ChannelHandlerContext channel;
    private final DoorLimits limits;
    private final LongSupplier nanoTime;
    private final Connections connections;
    private boolean timed;
    private long deadlineNanos;
    private Runnable whenLate;
    private long receivedBytes;
    private long countedBytes;

    Visitor(ChannelHandlerContext channel, DoorLimits limits, LongSupplier nanoTime, Connections connections) {
        this.channel = channel;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.connections = connections;
        within(limits.firstRequest(), this::cutOff);
    }

    /** The head of a request is there; what follows takes as long as our own deadlines allow. */
    void requestBegan() {
        timed = false;
    }

    /** @param whenLate called when the body is not there in time */
    void bodyBegins(Runnable whenLate) {
        within(limits.body(), whenLate);
    }

    /** @return false when there is no room for it */
    boolean received(int bytes) {
        receivedBytes += bytes;
        int more = (int) Math.max(0, receivedBytes - ALWAYS_RECEIVED_BYTES - countedBytes);
        if (!connections.receive(more)) return false;
        countedBytes += more;
        return true;
    }

    /** The body is there, or nobody waits for it any more. */
    void bodyEnded() {
        timed = false;
        connections.release(countedBytes);
        countedBytes = 0;
        receivedBytes = 0;
    }

    /** The answer is written. @param last whether the connection ends with it */
    void answered(boolean last) {
        Duration reading = Duration.ofSeconds(unsentBytes() / SLOWEST_BYTES_PER_SECOND);
        within((last ? limits.lingering() : limits.nextRequest()).plus(reading), this::cutOff);
    }

    /** The answer goes on when its reader has taken what is written of it. */
    void mustTake() {
        within(limits.lingering(), this::cutOff);
    }

    /** The reader has taken it. */
    void took() {
        timed = false;
    }

    private long unsentBytes() {
        ChannelOutboundBuffer waiting = channel.channel().unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    private void within(Duration time, Runnable otherwise) {
        timed = true;
        deadlineNanos = nanoTime.getAsLong() + time.toNanos();
        whenLate = otherwise;
    }

    void check() {
        if (!timed || nanoTime.getAsLong() - deadlineNanos < 0) return;
        timed = false;
        whenLate.run();
    }

    /** Ends the connection at once. What Vert.x calls closing waits until everything is sent, and that may be never. */
    void cutOff() {
        channel.close();
    }
}
