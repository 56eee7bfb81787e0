package com.peerllm.host.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Questions that the worker has still to answer. For any thread. */
final class PendingCalls {
    static final int MOST = 1024;

    private final Map<Long, CompletableFuture<FromWorker>> open = new HashMap<>();
    private long lastId;

    CompletableFuture<FromWorker> ask(WorkerProcess worker, LongFunction<ToWorker> question) {
        CompletableFuture<FromWorker> answer = new CompletableFuture<>();
        long id;
        synchronized (this) {
            if (open.size() >= MOST)
                return CompletableFuture.failedFuture(new EngineException(
                        EngineErrorCode.BUSY, "Too many questions wait for the engine. Try again later."));
            id = ++lastId;
            open.put(id, answer);
        }
        worker.send(question.apply(id));
        return answer;
    }

    void answer(long id, FromWorker message) {
        take(id).complete(message);
    }

    void fail(long id, EngineFailure failure) {
        take(id).completeExceptionally(new EngineException(failure));
    }

    void failAll(EngineFailure failure) {
        List<CompletableFuture<FromWorker>> left;
        synchronized (this) {
            left = new ArrayList<>(open.values());
            open.clear();
        }
        left.forEach(answer -> answer.completeExceptionally(new EngineException(failure)));
    }

    private synchronized CompletableFuture<FromWorker> take(long id) {
        CompletableFuture<FromWorker> answer = open.remove(id);
        return answer == null ? new CompletableFuture<>() : answer;
    }
}
