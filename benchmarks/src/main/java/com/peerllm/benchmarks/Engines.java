package com.peerllm.benchmarks;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.kernel.Signal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts an engine and waits for its model. */
final class Engines {
    private Engines() {}

    static ModelFacts ready(Engine engine) throws Exception {
        CompletableFuture<ModelFacts> ready = new CompletableFuture<>();
        engine.start();
        Signal.Subscription watching = engine.state().subscribe(state -> {
            if (state instanceof EngineState.Ready up) ready.complete(up.model());
            if (state instanceof EngineState.Failed failed) {
                ready.completeExceptionally(new IllegalStateException(failed.sentence()));
            }
        });
        try {
            return ready.get(2, TimeUnit.MINUTES);
        } finally {
            watching.close();
        }
    }
}
