package com.peerllm.host.session;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.Generation;
import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Vectors that the test makes one by one, for what a real engine does too fast or too rarely to be caught. */
final class ScriptedVectors implements EmbeddingSource {
    private final BlockingQueue<Work> asked = new LinkedBlockingQueue<>();

    @Override
    public Generation embed(List<EmbeddingInput> inputs, EmbeddingListener listener) {
        Work work = new Work(inputs, listener);
        asked.add(work);
        return work;
    }

    Work next() throws InterruptedException {
        Work work = asked.poll(20, TimeUnit.SECONDS);
        if (work == null) throw new AssertionError("The engine was not asked");
        return work;
    }

    /** One job under way. */
    static final class Work implements Generation {
        final List<EmbeddingInput> inputs;
        final EmbeddingListener listener;
        volatile boolean cancelled;

        private Work(List<EmbeddingInput> inputs, EmbeddingListener listener) {
            this.inputs = inputs;
            this.listener = listener;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
