package com.peerllm.host.engine;

/** The memory that a new process can take now without pushing others out. */
@FunctionalInterface
public interface AvailableMemory {
    long freeBytes();
}
