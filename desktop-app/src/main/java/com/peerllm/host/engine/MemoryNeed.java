package com.peerllm.host.engine;

/** What loading a model takes: its weights, the context of all slots, and the buffers that computing needs. */
public record MemoryNeed(long modelBytes, long kvBytes, long computeBytes) {
    public MemoryNeed {
        if (modelBytes < 0 || kvBytes < 0 || computeBytes < 0)
            throw new IllegalArgumentException("memory must not be negative");
    }

    public long totalBytes() {
        return Math.addExact(Math.addExact(modelBytes, kvBytes), computeBytes);
    }
}
