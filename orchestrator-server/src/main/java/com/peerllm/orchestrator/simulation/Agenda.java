package com.peerllm.orchestrator.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** Virtual time: what happens when, in order; things at the same moment in the order in which they were planned. */
final class Agenda implements InstantSource {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowMillis;
    private long planned;

    private record Entry(long atMillis, long order, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Agenda(long startMillis) {
        nowMillis = startMillis;
    }

    void at(long millis, Runnable what) {
        entries.add(new Entry(Math.max(nowMillis, millis), planned++, what));
    }

    void in(double millis, Runnable what) {
        at(nowMillis + Math.max(1, (long) millis), what);
    }

    void runUntil(long endMillis) {
        while (!entries.isEmpty() && entries.peek().atMillis <= endMillis) {
            Entry next = entries.poll();
            nowMillis = next.atMillis;
            next.what.run();
        }
        nowMillis = endMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    @Override
    public long millis() {
        return nowMillis;
    }
}
