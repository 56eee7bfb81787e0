package com.peerllm.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Says the tokens of one answer at their times: the first at once, each next one an interval after the time of the one before,
 * whether or not that was late. Lives on one event loop.
 */
final class PacedAnswer {
    private final EventLoop loop;
    private final int tokens;
    private final long intervalNanos;
    private final Sink sink;
    private final long startNanos = System.nanoTime();
    private final int first;
    private int next;
    private boolean over;

    /** Where the answer goes. */
    interface Sink {
        void token(int number);

        /** All that was said may leave now. */
        void flush();

        void end();
    }

    /**
     * Begins.
     *
     * @param first number of the first token to say
     * @param tokens of the whole answer
     * @param intervalNanos 0 says all at once
     */
    static PacedAnswer begin(EventLoop loop, int first, int tokens, long intervalNanos, Sink sink) {
        PacedAnswer answer = new PacedAnswer(loop, first, tokens, intervalNanos, sink);
        answer.step();
        return answer;
    }

    private PacedAnswer(EventLoop loop, int first, int tokens, long intervalNanos, Sink sink) {
        this.loop = loop;
        this.first = first;
        this.next = first;
        this.tokens = tokens;
        this.intervalNanos = intervalNanos;
        this.sink = sink;
    }

    void stop() {
        over = true;
    }

    private void step() {
        if (over) return;
        long now = System.nanoTime();
        while (!over && next < tokens && dueNanos() <= now) sink.token(next++);
        if (over) return;
        if (next >= tokens) {
            over = true;
            sink.end();
        }
        sink.flush();
        if (!over) loop.schedule(this::step, dueNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private long dueNanos() {
        return startNanos + (next - first) * intervalNanos;
    }
}
