package com.peerllm.host.engine;

import com.peerllm.host.kernel.Signal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/** Runs one model in a worker process of its own and keeps it running: the engine's door. */
public final class Engine implements AutoCloseable {

    private final Signal<EngineState> state = new Signal<>(new EngineState.Stopped());

    public Engine(EngineOptions options, MemoryCheck memoryCheck, ThreadFactory threads, InstantSource clock) {}

    /** Starts the worker and returns at once; watch {@link #state}. */
    public void start() {
        throw new UnsupportedOperationException("comes with the worker");
    }

    public Signal<EngineState> state() {
        return state;
    }

    /** Begins an answer; everything about it is told to the listener. */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        throw new UnsupportedOperationException("comes with the worker");
    }

    /** The ids of a prompt as {@link #generate} would compute it: what metering counts. */
    public CompletableFuture<List<Integer>> tokenize(Prompt prompt) {
        throw new UnsupportedOperationException("comes with the worker");
    }

    /** The text of an answer's ids; special tokens have none, broken characters become U+FFFD. */
    public CompletableFuture<String> detokenize(List<Integer> ids) {
        throw new UnsupportedOperationException("comes with the worker");
    }

    /** Slots that are free now; 0 while the engine is not ready. */
    public int freeSlots() {
        return 0;
    }

    /** Ends the worker; answers being made fail with {@code STOPPED}. */
    @Override
    public void close() {}
}
