package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that have begun and not ended, so that a cancel finds its job wherever it is. As many as the parent lets in. */
final class Jobs {
    private final Map<Long, Job> open = new ConcurrentHashMap<>();

    Job begun(long id, GenerationRequest request) {
        Job job = new Job(id, request);
        open.put(id, job);
        return job;
    }

    void cancel(long id) {
        Job job = open.get(id);
        if (job != null) job.cancel();
    }

    void ended(long id) {
        Job job = open.remove(id);
        if (job != null) job.free();
    }
}
