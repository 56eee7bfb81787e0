package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that have begun and not ended, so that a cancel finds its job wherever it is. As many as the parent lets in. */
final class Jobs {
    /** More than any parent sends: it bounds the answers in work, and asks few questions about tokens. */
    static final int MOST_WAITING = 4096;

    /** A job of either kind. */
    interface Open {
        /** For any thread. */
        void cancel();

        /** Gives back what it holds outside of Java's memory. */
        void free();
    }

    private final Map<Long, Open> open = new ConcurrentHashMap<>();

    Job begun(long id, GenerationRequest request) {
        Job job = new Job(id, request);
        open.put(id, job);
        return job;
    }

    EmbeddingJob begun(long id, List<EmbeddingInput> inputs) {
        EmbeddingJob job = new EmbeddingJob(id, inputs);
        open.put(id, job);
        return job;
    }

    void cancel(long id) {
        Open job = open.get(id);
        if (job != null) job.cancel();
    }

    void ended(long id) {
        Open ended = open.remove(id);
        if (ended != null) ended.free();
    }
}
