package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.ledger.LeafListener;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * New leaves on their way from the journal's thread, which never waits, to the publisher's. Bounded: when it overflows it forgets,
 * and the publisher reads the tables.
 */
final class LeafBuffer implements LeafListener {
    private final int capacity;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<LeafRow> rows = new ArrayDeque<>();
    private long known;
    /** When the log first had more than the published leaves. */
    private long behindSinceNanos;

    private long published;
    private boolean poked;

    /** @param known leaves that the tables have already */
    LeafBuffer(int capacity, long known, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.known = known;
        this.nanoTime = nanoTime;
        this.behindSinceNanos = nanoTime.getAsLong();
    }

    @Override
    public void durable(List<LeafRow> leaves) {
        lock.lock();
        try {
            if (rows.size() + leaves.size() > capacity) rows.clear();
            else rows.addAll(leaves);
            if (known <= published) behindSinceNanos = nanoTime.getAsLong();
            known = leaves.getLast().index() + 1;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a waiting although no leaf came. */
    void poke() {
        lock.lock();
        try {
            poked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more leaves than so many, or somebody pokes. */
    void awaitMoreThan(long size) throws InterruptedException {
        lock.lock();
        try {
            while (known <= size && !poked) changed.await();
            poked = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long unless somebody pokes. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !poked) left = changed.awaitNanos(left);
            poked = false;
        } finally {
            lock.unlock();
        }
    }

    /** The leaves from this number on that are still here, in order, at most so many; none when the first is not. */
    List<LeafRow> takeFrom(long index, int atMost) {
        lock.lock();
        try {
            while (!rows.isEmpty() && rows.peekFirst().index() < index) rows.pollFirst();
            List<LeafRow> taken = new ArrayList<>();
            while (!rows.isEmpty() && taken.size() < atMost && rows.peekFirst().index() == index + taken.size()) {
                taken.add(rows.pollFirst());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** So many are published, which were all that there were at this time. */
    void published(long size, long readAtNanos) {
        lock.lock();
        try {
            published = size;
            behindSinceNanos = readAtNanos;
        } finally {
            lock.unlock();
        }
    }

    /** How long the oldest leaf that is not published has waited, at most. */
    Duration behind() {
        lock.lock();
        try {
            if (known <= published) return Duration.ZERO;
            return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - behindSinceNanos));
        } finally {
            lock.unlock();
        }
    }

    /** How many leaves the ledger has written. */
    long known() {
        lock.lock();
        try {
            return known;
        } finally {
            lock.unlock();
        }
    }
}
