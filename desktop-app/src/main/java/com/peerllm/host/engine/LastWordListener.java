package com.peerllm.host.engine;

import com.peerllm.shared.wire.AnswerChunk;

/** Passes everything on, and says when the answer has ended. Token path: one call more for each step. */
record LastWordListener(GenerationListener listener, Runnable ended) implements GenerationListener {

    @Override
    public void started(int promptTokens, int cachedTokens) {
        listener.started(promptTokens, cachedTokens);
    }

    @Override
    public void tokens(int[] ids, AnswerChunk chunk) {
        listener.tokens(ids, chunk);
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
