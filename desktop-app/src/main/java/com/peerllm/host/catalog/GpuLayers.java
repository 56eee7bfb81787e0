package com.peerllm.host.catalog;

import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.MemoryEstimate;

/**
 * How many layers of a model fit a GPU. Pure.
 *
 * <p>A layer takes its part of the weights and of the key-value cache; the output counts as one layer more, as in llama.cpp. What
 * is not on the GPU stays in main memory. The compute buffer is needed on the GPU as soon as one layer is there.
 */
public final class GpuLayers {
    /** What drivers, their context and the splitting of buffers take beside the sum. */
    static final long RESERVE_BYTES = 256L << 20;

    private GpuLayers() {}

    /**
     * The most layers that fit.
     *
     * @param freeBytes of the device
     * @return 0 when not one fits, {@link Fit#ALL_LAYERS} when all do
     */
    static int fitting(GgufFacts facts, MemoryEstimate.Known memory, long freeBytes) {
        long forLayers = freeBytes - RESERVE_BYTES - memory.computeBytes();
        int all = layers(facts);
        if (forLayers <= 0) return 0;
        long fits = forLayers / Math.max(1, layerBytes(facts, memory));
        return fits >= all ? Fit.ALL_LAYERS : (int) fits;
    }

    /** What so many layers take of the device's memory. */
    public static long deviceBytes(GgufFacts facts, MemoryEstimate.Known memory, int gpuLayers) {
        if (gpuLayers == 0) return 0;
        int all = layers(facts);
        if (gpuLayers < 0 || gpuLayers >= all) return memory.totalBytes();
        return gpuLayers * layerBytes(facts, memory) + memory.computeBytes();
    }

    private static int layers(GgufFacts facts) {
        return facts.shape().layers() + 1;
    }

    private static long layerBytes(GgufFacts facts, MemoryEstimate.Known memory) {
        return Math.ceilDiv(memory.weightBytes() + memory.cacheBytes(), (long) layers(facts));
    }
}
