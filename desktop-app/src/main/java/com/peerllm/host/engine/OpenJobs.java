package com.peerllm.host.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answers that a worker is making, and the way to that worker: a job is in here exactly as long as its listener has still to
 * hear how it ends. For any thread.
 */
final class OpenJobs {
    /** For one request: a million tokens of text. */
    static final long MOST_WEIGHT = 4_000_000;

    /** For all that are open: they stay in the worker's small Java memory until they end. */
    static final long MOST_WEIGHT_OF_ALL = 16_000_000;

    private final int slots;
    private final int most;
    private long weightOfAll;
    private final Map<Long, Open> open = new HashMap<>();
    private final Set<Long> muted = new HashSet<>();
    private Optional<WorkerProcess> worker = Optional.empty();
    private long lastId;

    /** What became of a wish to begin a job. */
    sealed interface Opened {}

    /** It is open and may be sent to the worker. */
    record Begun(long id, WorkerProcess worker) implements Opened {}

    record Busy() implements Opened {}

    record NoWorker() implements Opened {}

    /** It is larger than any request may be. */
    record TooLarge() implements Opened {}

    private record Open(JobListener listener, long weight) {}

    OpenJobs(int slots, int queueLimit) {
        this.slots = slots;
        this.most = slots + queueLimit;
    }

    synchronized void serveWith(WorkerProcess ready) {
        worker = Optional.of(ready);
    }

    synchronized Opened open(JobListener listener, long weight) {
        if (weight > MOST_WEIGHT) return new TooLarge();
        if (worker.isEmpty()) return new NoWorker();
        if (open.size() >= most || weightOfAll + weight > MOST_WEIGHT_OF_ALL) return new Busy();
        lastId++;
        open.put(lastId, new Open(listener, weight));
        weightOfAll += weight;
        return new Begun(lastId, worker.get());
    }

    synchronized Optional<WorkerProcess> worker() {
        return worker;
    }

    synchronized Optional<JobListener> find(long id) {
        return muted.contains(id)
                ? Optional.empty()
                : Optional.ofNullable(open.get(id)).map(Open::listener);
    }

    /** The job's listener is told nothing more but its end. */
    synchronized void mute(long id) {
        muted.add(id);
    }

    synchronized Optional<JobListener> close(long id) {
        muted.remove(id);
        Optional<Open> closed = Optional.ofNullable(open.remove(id));
        closed.ifPresent(job -> weightOfAll -= job.weight());
        return closed.map(Open::listener);
    }

    /** The worker is gone: gives every listener that has not heard its end. */
    synchronized List<JobListener> closeAll() {
        worker = Optional.empty();
        muted.clear();
        List<JobListener> left =
                new ArrayList<>(open.values().stream().map(Open::listener).toList());
        open.clear();
        weightOfAll = 0;
        return left;
    }

    synchronized boolean any() {
        return !open.isEmpty();
    }

    synchronized int freeSlots() {
        return worker.isEmpty() ? 0 : Math.max(0, slots - open.size());
    }
}
