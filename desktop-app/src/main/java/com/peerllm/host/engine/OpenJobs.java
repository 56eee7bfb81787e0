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
    private final int slots;
    private final int most;
    private final Map<Long, GenerationListener> listeners = new HashMap<>();
    private final Set<Long> muted = new HashSet<>();
    private Optional<WorkerProcess> worker = Optional.empty();
    private long lastId;

    /** What became of a wish to begin a job. */
    sealed interface Opened {}

    /** It is open and may be sent to the worker. */
    record Begun(long id, WorkerProcess worker) implements Opened {}

    record Busy() implements Opened {}

    record NoWorker() implements Opened {}

    OpenJobs(int slots, int queueLimit) {
        this.slots = slots;
        this.most = slots + queueLimit;
    }

    synchronized void serveWith(WorkerProcess ready) {
        worker = Optional.of(ready);
    }

    synchronized Opened open(GenerationListener listener) {
        if (worker.isEmpty()) return new NoWorker();
        if (listeners.size() >= most) return new Busy();
        lastId++;
        listeners.put(lastId, listener);
        return new Begun(lastId, worker.get());
    }

    synchronized Optional<WorkerProcess> worker() {
        return worker;
    }

    synchronized Optional<GenerationListener> find(long id) {
        return muted.contains(id) ? Optional.empty() : Optional.ofNullable(listeners.get(id));
    }

    /** The job's listener is told nothing more but its end. */
    synchronized void mute(long id) {
        muted.add(id);
    }

    synchronized Optional<GenerationListener> close(long id) {
        muted.remove(id);
        return Optional.ofNullable(listeners.remove(id));
    }

    /** The worker is gone: gives every listener that has not heard its end. */
    synchronized List<GenerationListener> closeAll() {
        worker = Optional.empty();
        muted.clear();
        List<GenerationListener> left = new ArrayList<>(listeners.values());
        listeners.clear();
        return left;
    }

    synchronized int freeSlots() {
        return worker.isEmpty() ? 0 : Math.max(0, slots - listeners.size());
    }
}
