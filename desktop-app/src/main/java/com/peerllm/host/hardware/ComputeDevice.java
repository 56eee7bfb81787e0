package com.peerllm.host.hardware;

/**
 * A device besides the CPU that the engine can compute on, with memory as the engine itself sees it.
 *
 * @param name the maker's name for it
 * @param ownMemory false when it shares the computer's memory, which must not be counted twice
 */
public record ComputeDevice(String name, boolean ownMemory, long totalBytes, long freeBytes) {}
