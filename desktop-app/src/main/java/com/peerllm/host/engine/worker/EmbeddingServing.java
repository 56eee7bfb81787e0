package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.ToWorker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;

/** Puts together what turns texts into vectors with a loaded model, and does so all the worker's life. */
final class EmbeddingServing {
    private final WorkerLife life;
    private final BlockingQueue<PromptReader.Work> work;
    private final Outbox outbox;
    private final IntSupplier threadShare;

    /** @param threadShare threads that other models leave to this one */
    EmbeddingServing(WorkerLife life, BlockingQueue<PromptReader.Work> work, Outbox outbox, IntSupplier threadShare) {
        this.life = life;
        this.work = work;
        this.outbox = outbox;
        this.threadShare = threadShare;
    }

    /** Runs until the parent no longer reads. */
    void run(LoadedEmbedder loaded, ToWorker.Load load) throws IOException, InterruptedException {
        BlockingQueue<EmbeddingJob> ready = new LinkedBlockingQueue<>(Jobs.MOST_WAITING);
        life.computes(loaded.context()::steps);
        loaded.context().threads().follow(load.threads(), threadShare);
        InputReader inputs = new InputReader(loaded.vocabulary(), loaded.contextLimit(), work, ready, outbox);
        TokenBatch batch = new TokenBatch(Arena.global(), EmbeddingContext.tokensPerStep(loaded.contextLimit()));
        EmbeddingLoop loop = new EmbeddingLoop(loaded.context(), batch, outbox, ready);
        life.start("engine-inputs", inputs::run);
        outbox.send(new FromWorker.Loaded(loaded.facts()));
        loop.run();
    }
}
