package com.peerllm.host.engine;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How one model is to be run.
 *
 * @param model the GGUF file
 * @param natives the folder of llama.cpp's libraries, see {@link EngineNatives#locate}
 * @param slots sequences that can run at once
 * @param contextPerSlot tokens that each of them can hold, prompt and answer together
 * @param threads that compute; without a value, one less than the physical cores. Never more than the physical cores
 * @param gpuLayers layers to put on a GPU; negative puts all there, 0 none
 * @param microBatch tokens that the network takes in one pass ({@code n_ubatch}), at most {@value #MOST_MICRO_BATCH}
 * @param measured whether the worker measures its speed before it is ready, which takes up to a few seconds
 * @param queueLimit requests that may wait for a slot; one more is refused with {@code BUSY}
 */
public record EngineOptions(
        Path model,
        Path natives,
        int slots,
        int contextPerSlot,
        OptionalInt threads,
        int gpuLayers,
        int microBatch,
        boolean measured,
        int queueLimit) {

    public static final int DEFAULT_SLOTS = 8;
    public static final int DEFAULT_CONTEXT_PER_SLOT = 4096;
    public static final int DEFAULT_QUEUE_LIMIT = 64;

    /** llama.cpp can tell this many sequences apart in one context. */
    public static final int MOST_SLOTS = 256;

    /** As many as one step of the engine takes. */
    public static final int MOST_MICRO_BATCH = 512;

    /** Fewer tokens hold no chat. */
    public static final int LEAST_CONTEXT = 16;

    public EngineOptions {
        Objects.requireNonNull(model);
        Objects.requireNonNull(natives);
        Objects.requireNonNull(threads);
        if (slots < 1 || slots > MOST_SLOTS) throw new IllegalArgumentException("slots must be 1 to " + MOST_SLOTS);
        if (contextPerSlot < LEAST_CONTEXT)
            throw new IllegalArgumentException("contextPerSlot must be at least " + LEAST_CONTEXT + " tokens");
        if (threads.isPresent() && threads.getAsInt() < 1)
            throw new IllegalArgumentException("threads must be at least 1");
        if (microBatch < 1 || microBatch > MOST_MICRO_BATCH)
            throw new IllegalArgumentException("microBatch must be 1 to " + MOST_MICRO_BATCH);
        if (queueLimit < 0) throw new IllegalArgumentException("queueLimit must not be negative");
    }

    /** Eight slots, on the CPU and on a GPU if there is one. */
    public static EngineOptions of(Path model, Path natives) {
        return new EngineOptions(
                model,
                natives,
                DEFAULT_SLOTS,
                DEFAULT_CONTEXT_PER_SLOT,
                OptionalInt.empty(),
                -1,
                MOST_MICRO_BATCH,
                false,
                DEFAULT_QUEUE_LIMIT);
    }

    public EngineOptions withSlots(int newSlots, int newContextPerSlot) {
        return with(newSlots, newContextPerSlot, threads, gpuLayers, microBatch, measured, queueLimit);
    }

    public EngineOptions withThreads(int newThreads) {
        return with(slots, contextPerSlot, OptionalInt.of(newThreads), gpuLayers, microBatch, measured, queueLimit);
    }

    public EngineOptions withGpuLayers(int newGpuLayers) {
        return with(slots, contextPerSlot, threads, newGpuLayers, microBatch, measured, queueLimit);
    }

    public EngineOptions withMicroBatch(int newMicroBatch) {
        return with(slots, contextPerSlot, threads, gpuLayers, newMicroBatch, measured, queueLimit);
    }

    public EngineOptions withMeasuring(boolean newMeasured) {
        return with(slots, contextPerSlot, threads, gpuLayers, microBatch, newMeasured, queueLimit);
    }

    public EngineOptions withQueueLimit(int newQueueLimit) {
        return with(slots, contextPerSlot, threads, gpuLayers, microBatch, measured, newQueueLimit);
    }

    private EngineOptions with(
            int newSlots,
            int newContextPerSlot,
            OptionalInt newThreads,
            int newGpuLayers,
            int newMicroBatch,
            boolean newMeasured,
            int newQueueLimit) {
        return new EngineOptions(
                model,
                natives,
                newSlots,
                newContextPerSlot,
                newThreads,
                newGpuLayers,
                newMicroBatch,
                newMeasured,
                newQueueLimit);
    }
}
