package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that have begun and not ended, so that a cancel finds its job wherever it is. As many as the parent lets in. */
final class Jobs {
    private final Map<Long, Runnable> cancels = new ConcurrentHashMap<>();

    Job begun(long id, GenerationRequest request) {
        Job job = new Job(id, request);
        cancels.put(id, job::cancel);
        return job;
    }

    EmbeddingJob begun(long id, List<EmbeddingInput> inputs) {
        EmbeddingJob job = new EmbeddingJob(id, inputs);
        cancels.put(id, job::cancel);
        return job;
    }

    void cancel(long id) {
        Runnable cancel = cancels.get(id);
        if (cancel != null) cancel.run();
    }

    void ended(long id) {
        cancels.remove(id);
    }
}
