package com.peerllm.host.engine;

/**
 * One way to compute a model.
 *
 * @param threads that compute
 * @param microBatch tokens that the network takes in one pass
 * @param gpuLayers layers on a GPU; negative means all
 */
public record Trial(int threads, int microBatch, int gpuLayers) {
    Trial withThreads(int others) {
        return new Trial(others, microBatch, gpuLayers);
    }

    Trial withMicroBatch(int other) {
        return new Trial(threads, other, gpuLayers);
    }
}
