package com.peerllm.host.engine;

/**
 * Hears how a job of the engine ends: exactly one of {@code finished} and {@code failed}, always.
 *
 * <p>Called on the engine's one reader thread, which serves every job: a listener must not block. A refusal known at once ({@code
 * NOT_READY}, {@code BUSY}, {@code STOPPED}) is told on the thread that asked.
 */
public sealed interface JobListener permits GenerationListener, EmbeddingListener {

    void finished(Finish finish);

    void failed(EngineFailure failure);
}
