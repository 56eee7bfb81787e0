package com.peerllm.host.engine;

import com.peerllm.shared.wire.EmbeddingVector;
import java.util.List;

/** Passes everything on, and says when the vectors have ended. */
record LastVectorListener(EmbeddingListener listener, Runnable ended) implements EmbeddingListener {

    @Override
    public void started(List<Integer> tokensPerInput) {
        listener.started(tokensPerInput);
    }

    @Override
    public void vector(EmbeddingVector vector) {
        listener.vector(vector);
    }

    @Override
    public void finished(Finish finish) {
        ended.run();
        listener.finished(finish);
    }

    @Override
    public void failed(EngineFailure failure) {
        ended.run();
        listener.failed(failure);
    }
}
